#include "watch/watch_set.hpp"

#include <gtest/gtest.h>

namespace tinwatch::watch {
namespace {

EditorialState article(std::string text) {
  return EditorialState(
      {.headline = "Tin sông nước", .body = {{BlockType::paragraph, std::move(text)}}});
}

Watch watch(const std::string& query, Mode mode = Mode::tone) {
  return {query, std::make_shared<const Query>(Query::parse(query, mode).value())};
}

/// Each as `query transition`.
std::vector<std::string> compared(const WatchSet& set, const EditorialState* before,
                                  const EditorialState& after) {
  WorkBudget budget;
  std::vector<std::string> out;
  for (const auto& found : set.compare(before, after, budget))
    out.push_back(set.watches()[found.watch].name + ' ' + std::string(label(found.hit.transition)));
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
  WorkBudget budget;
  const auto found = set->compare(nullptr, article("Vì hoà bình."), budget);
  std::vector<std::size_t> places;
  for (const auto& one : found) places.push_back(one.watch);
  EXPECT_EQ(places, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(found.front().hit.hits, (std::vector<Hit>{{"body", 4, "hoà"}}));
}

TEST(WatchSet, LeavesOutWhatIsNotWanted) {
  const auto set = WatchSet::compile({watch("lũ"), watch("nước"), watch("sông")});
  WorkBudget budget;
  const auto found = set->compare(
      nullptr, article("lũ, nước"), [](std::size_t i) { return i != 1; }, budget);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].watch, 0U);
  EXPECT_EQ(found[1].watch, 2U);
}

TEST(WatchSet, OfNoWatchesSaysNothing) {
  EXPECT_EQ(compared(*WatchSet::compile({}), nullptr, article("lũ")), Lines{});
}

}  // namespace
}  // namespace tinwatch::watch
