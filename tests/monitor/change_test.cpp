#include "monitor/change.hpp"

#include "monitor/removal.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;
using Event = Verdict::Event;

ArticleRecord record(std::string headline, std::string text) {
  return {.url = "https://a.test/",
          .headline = std::move(headline),
          .body = {{BlockType::paragraph, std::move(text)}}};
}

TEST(DetectChange, NamesFieldsAndWords) {
  const auto change =
      detect_change(record("H", "chi phí 5 tỷ đồng"), record("H", "chi phí 6 tỷ đồng"));
  ASSERT_TRUE(change);
  EXPECT_EQ(change->fields, std::vector<std::string>{"body"});
  EXPECT_EQ(change->words_removed, std::vector<std::string>{"5"});
  EXPECT_EQ(change->words_added, std::vector<std::string>{"6"});
  EXPECT_EQ(change->change_class, ChangeClass::fact);
  EXPECT_GT(change->significance, 0);
}

TEST(DetectChange, ClassesByFieldAndAmount) {
  EXPECT_EQ(detect_change(record("H", "x"), record("K", "x"))->change_class, ChangeClass::headline);
  EXPECT_EQ(detect_change(record("H", "x"), record("H", "x a b c d e f g"))->change_class,
            ChangeClass::addition);
  EXPECT_EQ(detect_change(record("H", "x a b c d e f g"), record("H", "x"))->change_class,
            ChangeClass::cut);
  auto with_image = record("H", "x");
  with_image.image.push_back({"https://a.test/1.jpg", "", ""});
  EXPECT_EQ(detect_change(record("H", "x"), with_image)->change_class, ChangeClass::image);
}

TEST(DetectChange, SeesNoneInReadings) {
  auto after = record("H", "x");
  after.view_count = 7;
  EXPECT_FALSE(detect_change(record("H", "x"), after));
}

TEST(Removal, GoesFromLiveToMissingToRemoved) {
  const RemovalSettings settings;
  Instant now{};
  Absence absence;
  const auto check = [&](Check what, Duration later) {
    now += later;
    auto verdict = judge(absence, what, now, settings);
    absence = verdict.absence;
    return verdict.event;
  };
  EXPECT_EQ(check(Check::not_found, 0s), Event::none);
  EXPECT_EQ(check(Check::not_found, 1min), Event::none) << "twice, but not five minutes apart";
  EXPECT_EQ(check(Check::not_found, 4min), Event::missing);
  EXPECT_EQ(check(Check::not_found, 8h), Event::none);
  EXPECT_EQ(check(Check::not_found, 8h), Event::none) << "three confirmations, but not over a day";
  EXPECT_EQ(check(Check::not_found, 8h), Event::removed);
  EXPECT_EQ(check(Check::not_found, 8h), Event::none) << "removed once";
  EXPECT_EQ(check(Check::found, 1h), Event::returned);
  EXPECT_EQ(absence, Absence{});
}

TEST(Removal, GoneNeedsFewerConfirmations) {
  const RemovalSettings settings;
  Absence absence{.status = ArticleStatus::missing, .checks = 3, .since = Instant{}};
  EXPECT_EQ(judge(absence, Check::gone, Instant{} + 10min, settings).event, Event::removed);
}

TEST(Removal, AFlickerIsNothing) {
  const RemovalSettings settings;
  const auto once = judge({}, Check::not_found, Instant{}, settings);
  EXPECT_EQ(judge(once.absence, Check::found, Instant{} + 1h, settings).event, Event::none);
}

}  // namespace
}  // namespace tinwatch::monitor
