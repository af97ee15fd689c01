#include "monitor/doubt.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

const Instant noon = Instant{} + 1000h;

ArticleRecord record(int words) {
  ArticleRecord out;
  out.headline = "A bridge opens";
  out.author = {"Lan"};
  std::string text;
  for (int i = 0; i < words; ++i) text += "word" + std::to_string(i) + ' ';
  out.body.push_back({BlockType::paragraph, text});
  return out;
}

TEST(Doubt, IsAboutEarlierStatesCollapsesAndLostFields) {
  EXPECT_EQ(doubt_about(record(100), record(101), {}), Doubt::none);
  EXPECT_EQ(doubt_about(record(100), record(101), {.seen_before = true}), Doubt::earlier_state);
  EXPECT_EQ(doubt_about(record(100), record(25), {}), Doubt::collapsed);
  EXPECT_EQ(doubt_about(record(100), record(26), {}), Doubt::none);
  EXPECT_EQ(doubt_about(record(20), record(1), {}), Doubt::none) << "a short text may change";
  auto anonymous = record(100);
  anonymous.author.clear();
  EXPECT_EQ(doubt_about(record(100), anonymous, {}), Doubt::field_lost);
  EXPECT_EQ(doubt_about(anonymous, record(100), {}), Doubt::none) << "a field won is no loss";
}

/// Looks, five minutes apart, until the state is believed.
int looks_until_believed(const Evidence& evidence, HeldState held) {
  for (int i = 0;; ++i) {
    held = look_again(held, evidence.doubt, "state", noon + i * 5min);
    if (is_believed(evidence, held, noon + i * 5min)) return i + 1;
  }
}

TEST(Doubt, HalfAPageNeedsASecondLookAndTime) {
  EXPECT_EQ(looks_until_believed({Doubt::collapsed, false, OtherPages::unknown, 5min}, {}), 2);
  EXPECT_EQ(looks_until_believed({Doubt::collapsed, false, OtherPages::unknown, 15min}, {}), 4);
}

TEST(Doubt, AnotherPageWaitsForAWitness) {
  EXPECT_EQ(looks_until_believed({.doubt = Doubt::replaced, .between_looks = 5min}, {}), 2);
  EXPECT_EQ(looks_until_believed(
                {.doubt = Doubt::replaced, .between_looks = 5min, .lacks_witness = true}, {}),
            1 + 24 * 12)
      << "a day";
  EXPECT_EQ(looks_until_believed(
                {.doubt = Doubt::collapsed, .between_looks = 5min, .lacks_witness = true}, {}),
            2);
}

TEST(Doubt, AnOldCopyNeedsManyLooksUnlessTheServerDatesItLater) {
  EXPECT_EQ(looks_until_believed({Doubt::earlier_state, false, OtherPages::unknown, 5min}, {}), 12);
  EXPECT_EQ(looks_until_believed({Doubt::earlier_state, true, OtherPages::unknown, 5min}, {}), 2);
  EXPECT_EQ(looks_until_believed({Doubt::earlier_state, false, OtherPages::unknown, 5min},
                                 {.dropped = 1}),
            24);
  EXPECT_EQ(looks_until_believed({Doubt::earlier_state, false, OtherPages::unknown, 5min},
                                 {.dropped = 50}),
            96);
}

TEST(Doubt, AServerThatSendsHalfPagesNowAndThenIsNotBelieved) {
  EXPECT_EQ(looks_until_believed({.doubt = Doubt::cut_short, .between_looks = 5min}, {}), 12);
  EXPECT_EQ(
      looks_until_believed({.doubt = Doubt::cut_short, .between_looks = 5min}, {.dropped = 1}), 24);
  EXPECT_EQ(
      looks_until_believed({.doubt = Doubt::collapsed, .between_looks = 5min}, {.dropped = 1}), 4);
  EXPECT_EQ(
      looks_until_believed({.doubt = Doubt::replaced, .between_looks = 5min}, {.dropped = 50}), 16);
}

TEST(Doubt, ALostFieldIsBelievedOnceTheSiteStillHasItElsewhere) {
  EXPECT_EQ(looks_until_believed({Doubt::field_lost, false, OtherPages::have_it, 5min}, {}), 2);
  EXPECT_EQ(looks_until_believed({Doubt::field_lost, false, OtherPages::unknown, 5min}, {}),
            24 * 12 + 1)
      << "all pages may have lost it: then it is not the editors' doing";
  const auto held = HeldState{.editorial_hash = "state", .since = noon, .looks = 1000};
  EXPECT_FALSE(
      is_believed({Doubt::field_lost, false, OtherPages::lost_it, 5min}, held, noon + 1000h));
}

TEST(Doubt, GoesWithWhatItWasAbout) {
  auto held = look_again({}, Doubt::earlier_state, "state", noon);
  held = look_again(held, Doubt::earlier_state, "state", noon + 5min);
  EXPECT_EQ(held.looks, 2);
  const auto lost = look_again(held, Doubt::field_lost, "edited", noon + 10min);
  EXPECT_EQ(lost.looks, 3) << "an edit of a page without its author";
  const auto other = look_again(held, Doubt::earlier_state, "another", noon + 10min);
  EXPECT_EQ(other.looks, 1);
  EXPECT_EQ(other.since, noon + 10min);
  const auto gone = drop(held, noon);
  EXPECT_EQ(gone, (HeldState{.dropped = 1, .went = "state", .went_at = noon}));
  EXPECT_EQ(drop(gone, noon + 1h), gone) << "nothing was held";
  EXPECT_EQ(drop(gone, noon + 25h), HeldState{}) << "long ago";
}

TEST(Doubt, AStateThatComesAThirdTimeComesAndGoes) {
  const auto says = [](Doubt doubt, HeldState held, Duration unchanged_for) {
    return comes_and_goes({doubt, false, OtherPages::unknown, 5min}, held, noon - unchanged_for,
                          noon);
  };
  const HeldState third{
      .editorial_hash = "a", .since = noon, .looks = 1, .dropped = 2, .went = "a"};
  auto second = third;
  second.dropped = 1;
  auto another = third;
  another.went = "b";
  EXPECT_TRUE(says(Doubt::earlier_state, third, 1h));
  EXPECT_FALSE(says(Doubt::earlier_state, second, 1h));
  EXPECT_FALSE(says(Doubt::earlier_state, third, 1h - 1ms)) << "old copies after an edit";
  EXPECT_TRUE(says(Doubt::earlier_state, another, 1h)) << "one of three";
  EXPECT_TRUE(says(Doubt::collapsed, third, 1h));
  EXPECT_FALSE(says(Doubt::collapsed, another, 1h)) << "cut elsewhere each time";
  EXPECT_TRUE(says(Doubt::paywall, third, 1h));
  EXPECT_FALSE(says(Doubt::none, third, 1h));
}

TEST(Doubt, WhatMayBeRestlessIsBelievedWhenItStays) {
  const Evidence restless{Doubt::restless, false, OtherPages::unknown, 5min};
  EXPECT_EQ(looks_until_believed(restless, {}), 3);
  auto held = look_again({}, Doubt::restless, "one", noon);
  held = look_again(held, Doubt::restless, "one", noon + 1min);
  held = look_again(held, Doubt::restless, "another", noon + 2min);
  EXPECT_EQ(held.looks, 1) << "it moves";
  EXPECT_EQ(drop(held, noon + 3min), HeldState{}) << "that says nothing of old copies";
  held = look_again(held, Doubt::collapsed, "half", noon + 3min);
  EXPECT_EQ(held.looks, 1) << "half a page is another doubt";
}

}  // namespace
}  // namespace tinwatch::monitor
