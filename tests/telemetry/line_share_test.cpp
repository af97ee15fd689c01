#include "line_share.hpp"

#include <gtest/gtest.h>

namespace tinwatch::log {
namespace {

using namespace std::chrono_literals;

TEST(LineShare, ASourceHasSoManyLinesAMinute) {
  LineShare share;
  const LineShare::Time now{};
  for (int i = 1; i < LineShare::most_a_minute; ++i) {
    const auto verdict = share.admit("loud", now);
    ASSERT_TRUE(verdict.written && !verdict.is_last) << i;
  }
  EXPECT_TRUE(share.admit("loud", now + 1s).is_last);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(share.admit("loud", now + 59s).written);
  EXPECT_TRUE(share.admit("quiet", now + 59s).written) << "others have their own";
  const auto next = share.admit("loud", now + 60s);
  EXPECT_TRUE(next.written);
  EXPECT_EQ(next.left_out, 50);
  EXPECT_EQ(share.admit("loud", now + 61s).left_out, 0) << "told once";
}

TEST(LineShare, WhatWasLeftOutIsGivenOnceWhereTheSourceSaysNoMore) {
  LineShare share;
  const LineShare::Time now{};
  for (int i = 0; i < LineShare::most_a_minute + 7; ++i) static_cast<void>(share.admit("bao", now));
  static_cast<void>(share.admit("khac", now));
  EXPECT_EQ(share.take_left_out(), (std::map<std::string, int>{{"bao", 7}}));
  EXPECT_TRUE(share.take_left_out().empty());
}

}  // namespace
}  // namespace tinwatch::log
