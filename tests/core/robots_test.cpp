#include "core/robots.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

bool allows(std::string_view text, std::string_view path) {
  return Robots::parse(text, "tinwatch").allows(path);
}

TEST(Robots, LongestMatchWinsAndAllowWinsATie) {
  constexpr auto text = "User-agent: *\nDisallow: /a\nAllow: /a/b\n";
  EXPECT_FALSE(allows(text, "/a/x"));
  EXPECT_TRUE(allows(text, "/a/b/c"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /p\nAllow: /p\n", "/p"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow:\n", "/"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

TEST(Robots, OwnGroupBeatsTheStar) {
  constexpr auto text =
      "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: TinWatch/2.0\nDisallow: /x\n";
  EXPECT_TRUE(allows(text, "/"));
  EXPECT_FALSE(allows(text, "/x"));
}

TEST(Robots, SeveralGroupsOfOneAgentAreOne) {
  constexpr auto text =
      "User-agent: tinwatch\nDisallow: /a\nUser-agent: b\nDisallow: /\nUser-agent: "
      "tinwatch\nDisallow: /c\n";
  EXPECT_FALSE(allows(text, "/a"));
  EXPECT_FALSE(allows(text, "/c"));
  EXPECT_TRUE(allows(text, "/d"));
}

TEST(Robots, WildcardsAndEnd) {
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf"));
  EXPECT_TRUE(allows("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf?z"));
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /a*b*c\n", "/axxbyyc/"));
  EXPECT_FALSE(allows("User-agent: *\nDisallow: /tin-tức\n", "/tin-t%e1%bb%a9c"));
}

TEST(Robots, ManyStarsStayLinear) {
  std::string pattern = "/";
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_TRUE(allows("User-agent: *\nDisallow: " + pattern + "b\n", "/" + std::string(2000, 'a')));
}

TEST(Robots, ReadsCrawlDelayAndSitemapsAndSloppyLines) {
  const auto robots = Robots::parse(
      "\xEF\xBB\xBFuser-agent : *  # all\r\ncrawl-delay: 1.5\r\rSitemap: "
      "https://a.test/s.xml\nnonsense\ndisallow: /x",
      "tinwatch");
  EXPECT_EQ(robots.crawl_delay(), 1500ms);
  EXPECT_EQ(robots.sitemaps(), std::vector<std::string>{"https://a.test/s.xml"});
  EXPECT_FALSE(robots.allows("/x"));
}

TEST(Robots, ReadsNoMoreThanItsLimit) {
  const std::string text = "User-agent: *\n" + std::string(robots_limit, '#') + "\nDisallow: /\n";
  EXPECT_TRUE(allows(text, "/"));
}

}  // namespace
}  // namespace tinwatch
