#include "repeats.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tinwatch::log {
namespace {

using namespace std::chrono_literals;

const std::vector<Field> full{{"why", "disk full"}};
const std::vector<Field> slow{{"why", "timed out"}};
constexpr Repeats::Time begin{};

TEST(Repeats, TheSameLineIsWrittenOnceAMinuteWithWhatWasLeftOut) {
  Repeats repeats;
  EXPECT_EQ(repeats.admit(Level::error, "failed", full, begin), 0);
  for (int i = 0; i < 104; ++i)
    EXPECT_FALSE(repeats.admit(Level::error, "failed", full, begin + 59s));
  EXPECT_EQ(repeats.admit(Level::error, "failed", slow, begin + 59s), 0) << "for another reason";
  EXPECT_EQ(repeats.admit(Level::error, "refused", full, begin + 59s), 0) << "another sentence";
  EXPECT_EQ(repeats.admit(Level::error, "failed", full, begin + 60s), 104);
  EXPECT_FALSE(repeats.admit(Level::error, "failed", full, begin + 61s));
  EXPECT_EQ(repeats.admit(Level::error, "failed", full, begin + 120s), 1) << "told once";
}

TEST(Repeats, ALineThatIsLeftOutAfterAllIsCountedWithThoseBefore) {
  Repeats repeats;
  EXPECT_EQ(repeats.admit(Level::error, "failed", full, begin), 0);
  EXPECT_FALSE(repeats.admit(Level::error, "failed", full, begin + 1s));
  EXPECT_EQ(repeats.admit(Level::error, "failed", full, begin + 60s), 1);
  repeats.put_back("failed", full, 1);
  EXPECT_EQ(repeats.admit(Level::error, "failed", full, begin + 120s), 2);
}

TEST(Repeats, WhatDoesNotComeAgainIsToldAfterItsMinute) {
  Repeats repeats;
  static_cast<void>(repeats.admit(Level::error, "failed", full, begin));
  static_cast<void>(repeats.admit(Level::error, "failed", full, begin + 1s));
  static_cast<void>(repeats.admit(Level::warning, "once", slow, begin + 30s));
  EXPECT_TRUE(repeats.take_due(begin + 59s).empty());
  const auto due = repeats.take_due(begin + 60s);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].sentence, "failed");
  EXPECT_EQ(due[0].level, Level::error);
  EXPECT_EQ(due[0].times, 1);
  ASSERT_EQ(due[0].fields.size(), 1U);
  EXPECT_EQ(due[0].fields[0].value, "disk full");
  EXPECT_TRUE(repeats.take_due(begin + 10min).empty()) << "nothing of 'once' was left out";
  EXPECT_EQ(repeats.admit(Level::error, "failed", full, begin + 10min), 0) << "forgotten";
}

TEST(Repeats, SoManyLinesAreRememberedAndMoreAreWritten) {
  Repeats repeats;
  const auto line = [&](std::size_t i, Repeats::Time at) {
    const std::vector<Field> fields{{"n", i}};
    return repeats.admit(Level::warning, "breaks off", fields, at);
  };
  for (std::size_t i = 0; i < Repeats::most; ++i) EXPECT_EQ(line(i, begin), 0);
  EXPECT_FALSE(line(0, begin + 1s));
  EXPECT_EQ(line(Repeats::most, begin + 1s), 0);
  EXPECT_EQ(line(Repeats::most, begin + 1s), 0) << "not remembered, and so not left out";
  EXPECT_EQ(repeats.take_due(begin + 60s).size(), 1U);
  EXPECT_EQ(line(Repeats::most, begin + 60s), 0);
  EXPECT_FALSE(line(Repeats::most, begin + 61s)) << "there is room again";
}

TEST(Repeats, WhatIsLeftAtTheEndIsTaken) {
  Repeats repeats;
  static_cast<void>(repeats.admit(Level::error, "failed", full, begin));
  static_cast<void>(repeats.admit(Level::error, "failed", full, begin));
  EXPECT_EQ(repeats.take_all().size(), 1U);
  EXPECT_TRUE(repeats.take_all().empty());
}

}  // namespace
}  // namespace tinwatch::log
