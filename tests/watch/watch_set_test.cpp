#include "watch/watch_set.hpp"

#include <gtest/gtest.h>

namespace tinwatch::watch {
namespace {

ReadArticle article(std::string text) {
  return ReadArticle(
      {.headline = "Tin sông nước", .body = {{BlockType::paragraph, std::move(text)}}});
}

Watch watch(const std::string& query, Mode mode = Mode::tone) {
  return {query, std::make_shared<const Query>(Query::parse(query, {.mode = mode}).value())};
}

std::vector<WatchSet::Found> found(const WatchSet& set, const ReadArticle* before,
                                   const ReadArticle& after,
                                   const Occasion& occasion = {.event = "revised"}) {
  WorkBudget budget;
  const ArticleText now(after.record, after.state);
  if (!before) return set.compare(nullptr, now, {}, budget);
  const ArticleText then(before->record, before->state);
  return set.compare(&then, now, occasion, budget);
}

/// Each as `query transition`.
std::vector<std::string> compared(const WatchSet& set, const ReadArticle* before,
                                  const ReadArticle& after,
                                  const Occasion& occasion = {.event = "revised"}) {
  std::vector<std::string> out;
  for (const auto& one : found(set, before, after, occasion))
    out.push_back(set.watches()[one.watch].name + ' ' + std::string(label(one.hit.transition)));
  return out;
}

using Lines = std::vector<std::string>;

TEST(WatchSet, TellsOfEachWatchInOrder) {
  const auto set = WatchSet::compile({watch("lũ"), watch("hạn hán"), watch("\"nước lên\""),
                                      watch("bão"), watch("NOT lũ"), watch("headline:sông")});
  const auto before = article("Sáng nay có lũ lớn. Nước lên nhanh.");
  const auto after = article("Sáng nay có bão. Nước lên chậm.");
  EXPECT_EQ(compared(*set, nullptr, before),
            (Lines{"lũ appeared", "\"nước lên\" appeared", "headline:sông appeared"}));
  EXPECT_EQ(compared(*set, &before, after),
            (Lines{"lũ disappeared", "\"nước lên\" changed", "bão appeared", "NOT lũ appeared"}));
  EXPECT_EQ(compared(*set, &after, after), Lines{});
}

TEST(WatchSet, ReadsTheTextInEachWatchsMode) {
  const auto set = WatchSet::compile({watch("hòa", Mode::exact), watch("hòa", Mode::tone),
                                      watch("hoa", Mode::tone), watch("hoa", Mode::fold)});
  const auto all = found(*set, nullptr, article("Vì hoà bình."));
  std::vector<std::size_t> places;
  for (const auto& one : all) places.push_back(one.watch);
  EXPECT_EQ(places, (std::vector<std::size_t>{1, 3}));
  ASSERT_EQ(all.front().hit.hits.size(), 1U);
  EXPECT_EQ(all.front().hit.hits[0].offset, 3U);
}

TEST(WatchSet, LeavesOutWhatIsNotWanted) {
  const auto set = WatchSet::compile({watch("lũ"), watch("nước"), watch("NOT bão")});
  WorkBudget budget;
  const auto text = article("lũ, nước");
  const auto all = set->compare(
      nullptr, ArticleText(text.record, text.state), {}, [](std::size_t i) { return i != 1; },
      budget);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].watch, 0U);
  EXPECT_EQ(all[1].watch, 2U);
}

TEST(WatchSet, OfNoWatchesSaysNothing) {
  EXPECT_EQ(compared(*WatchSet::compile({}), nullptr, article("lũ")), Lines{});
}

TEST(WatchSet, AnEditElsewhereIsNoHit) {
  const auto set = WatchSet::compile({watch("lũ")});
  const auto dry = article("Trời nắng. Không có gì.");
  const auto flood = article("Trời nắng. Có lũ lớn ở xã 5.4 km.");
  EXPECT_EQ(compared(*set, &dry, flood), Lines{"lũ appeared"});
  EXPECT_EQ(compared(*set, &flood, dry), Lines{"lũ disappeared"});
  const auto elsewhere = article("Trời mưa. Có lũ lớn ở xã 5.4 km.");
  EXPECT_EQ(compared(*set, &flood, elsewhere), Lines{});
  const auto edited = article("Trời nắng. Có lũ nhỏ ở xã 5.4 km.");
  const auto hits = found(*set, &flood, edited);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].hit.transition, Transition::changed);
  ASSERT_EQ(hits[0].hit.hits.size(), 1U);
  EXPECT_EQ(hits[0].hit.hits[0].before, "Có lũ lớn ở xã 5.4 km.")
      << "a stop in a number ends nothing";
  EXPECT_EQ(hits[0].hit.hits[0].sentence, "Có lũ nhỏ ở xã 5.4 km.");
  const auto number = article("Trời nắng. Có lũ lớn ở xã 5.5 km.");
  EXPECT_EQ(compared(*set, &flood, number), Lines{"lũ changed"}) << "behind the stop in the number";
}

TEST(WatchSet, ASentenceThatIsGoneIsShown) {
  const auto set = WatchSet::compile({watch("lũ")});
  const auto two = article("Có lũ lớn. Nắng. Dân lo lũ về.");
  const auto one = article("Có lũ lớn. Nắng.");
  const auto hits = found(*set, &two, one);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].hit.transition, Transition::changed);
  ASSERT_EQ(hits[0].hit.hits.size(), 2U);
  EXPECT_TRUE(hits[0].hit.hits[0].in_old_text);
  EXPECT_EQ(hits[0].hit.hits[0].sentence, "Dân lo lũ về.");
}

TEST(WatchSet, WordsOfTheEditAlone) {
  const auto set = WatchSet::compile({watch("added:lũ"), watch("removed:lũ"),
                                      watch("added:\"lũ lớn\""), watch("đê NOT removed:lũ")});
  const auto with = article("Đê tốt. Hôm nay có lũ lớn.");
  const auto more = article("Đê tốt. Hôm nay có lũ rất lớn. Mai còn lũ lớn.");
  const auto none = article("Đê tốt. Hôm nay có mưa lớn.");
  EXPECT_EQ(compared(*set, nullptr, with), (Lines{"added:lũ appeared", "added:\"lũ lớn\" appeared",
                                                  "đê NOT removed:lũ appeared"}));
  EXPECT_EQ(compared(*set, &with, more), (Lines{"added:lũ appeared", "added:\"lũ lớn\" appeared"}));
  EXPECT_EQ(compared(*set, &with, none), Lines{"removed:lũ disappeared"});
  EXPECT_EQ(compared(*set, &none, with), (Lines{"added:lũ appeared", "added:\"lũ lớn\" appeared"}));
}

TEST(WatchSet, ConditionsAreOfTheEdit) {
  const auto set =
      WatchSet::compile({watch("lũ class:fact"), watch("lũ NOT class:typo"),
                         watch("lũ significance >= 0.5"), watch("lũ event:published")});
  const auto before = article("Có 5 cơn lũ.");
  const auto after = article("Có 6 cơn lũ.");
  EXPECT_EQ(compared(*set, &before, after,
                     {.event = "revised", .change_class = ChangeClass::fact, .significance = 0.9}),
            (Lines{"lũ class:fact changed", "lũ NOT class:typo changed",
                   "lũ significance >= 0.5 changed"}));
  EXPECT_EQ(compared(*set, &before, after,
                     {.event = "revised", .change_class = ChangeClass::typo, .significance = 0.1}),
            Lines{})
      << "a typo withdraws nothing";
  EXPECT_EQ(compared(*set, nullptr, after),
            (Lines{"lũ NOT class:typo appeared", "lũ significance >= 0.5 appeared",
                   "lũ event:published appeared"}));
}

TEST(WatchSet, SaysWhichWordUnderNotFlipped) {
  const auto set = WatchSet::compile({watch("lũ NOT bão NOT gió")});
  const auto before = article("Có lũ.");
  const auto after = article("Có lũ và bão.");
  auto hits = found(*set, &before, after);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].hit.transition, Transition::disappeared);
  ASSERT_EQ(hits[0].hit.flipped.size(), 1U);
  EXPECT_EQ(hits[0].hit.flipped[0].words, "bão");
  EXPECT_FALSE(hits[0].hit.flipped[0].in_old_text);
  hits = found(*set, &after, before);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].hit.transition, Transition::appeared);
  ASSERT_EQ(hits[0].hit.flipped.size(), 1U);
  EXPECT_TRUE(hits[0].hit.flipped[0].in_old_text);
}

}  // namespace
}  // namespace tinwatch::watch
