#include "monitor/url_trap.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

const Instant now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4};

std::string trap(const std::string& path) {
  return std::string(trap_in(*parse_url("https://bao.test" + path), now));
}

TEST(UrlTrap, OrdinaryAddressesAreNone) {
  for (const auto* path :
       {"/", "/cau-go-rach-may-thong-xe--23835564-0060004s34010gs", "/2026/03/04/tin-moi",
        "/tin-tuc/2027/ke-hoach", "/kinh-te/gia-lua-2050-se-ra-sao-123456.html", "/a/b/c/a/b/d",
        "/node/2045", "/?p=2101", "/2045/du-bao", "/tim?tu-khoa=lua&trang=2&sap-xep=moi",
        "/bai/2050123.html"})
    EXPECT_EQ(trap(path), "") << path;
}

TEST(UrlTrap, EndlessOnesAre) {
  EXPECT_EQ(trap("/a/b/a/b/a/b"), "a path that repeats itself");
  EXPECT_EQ(trap("/1/2/3/4/5/6/7/8/9/10/11/12/13"), "too many path segments");
  EXPECT_EQ(trap("/x?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=10&k=11"), "too many parameters");
  EXPECT_EQ(trap("/lich/2031/04/01"), "a calendar of years to come");
  EXPECT_EQ(trap("/lich/2031-04"), "a calendar of years to come");
  EXPECT_EQ(trap("/lich?thang=2031-04"), "a calendar of years to come");
  EXPECT_EQ(trap("/lich?year=2031&m=4"), "a calendar of years to come");
}

TEST(UrlBudget, IsCountedByHostSourceAndDay) {
  UrlBudget budget({.urls_of_a_host = 100, .hosts_of_a_source = 3});
  EXPECT_EQ(budget.room("a.test", now), 100);
  budget.note_added("bao", "a.test", 70, now);
  EXPECT_EQ(budget.room("a.test", now + 1h), 30);
  EXPECT_EQ(budget.room("b.test", now + 1h), 100);
  EXPECT_EQ(budget.room_of_source("bao", now + 1h), 930);
  EXPECT_EQ(budget.room_of_source("khac", now + 1h), 1000);
  budget.note_added("bao", "a.test", 70, now + 1h);
  EXPECT_EQ(budget.room("a.test", now + 2h), 0);
  EXPECT_EQ(budget.room("a.test", now + 24h), 100);
  budget.note_hosts("bao", 2, now);
  EXPECT_EQ(budget.new_hosts("bao", now), 1);
  EXPECT_EQ(budget.new_hosts("khac", now), 3);
}

TEST(UrlBudget, AHostThatMakesAddressesUpIsLeftLittle) {
  UrlBudget budget({.urls_of_a_host = 5000});
  for (int i = 0; i < 199; ++i) budget.note_visit("trap.test", false, now);
  EXPECT_FALSE(budget.is_trap("trap.test"));
  budget.note_visit("trap.test", false, now);
  EXPECT_TRUE(budget.is_trap("trap.test"));
  EXPECT_EQ(budget.room("trap.test", now), 50);
  for (int i = 0; i < 2000; ++i) budget.note_visit("paper.test", i % 4 != 0, now + 6 * 24h);
  EXPECT_FALSE(budget.is_trap("paper.test"));
  EXPECT_TRUE(budget.is_trap("trap.test"));
  budget.note_visit("paper.test", true, now + 8 * 24h);
  EXPECT_FALSE(budget.is_trap("trap.test")) << "what was not used for a week is forgotten";
}

TEST(UrlBudget, ATrapIsForgiven) {
  UrlBudget budget({.urls_of_a_host = 5000});
  for (int i = 0; i < 200; ++i) budget.note_visit("trap.test", false, now);
  for (int i = 0; i < 100; ++i) budget.note_visit("trap.test", true, now);
  EXPECT_FALSE(budget.is_trap("trap.test"));
}

}  // namespace
}  // namespace tinwatch::monitor
