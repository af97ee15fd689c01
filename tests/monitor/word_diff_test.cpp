#include "monitor/word_diff.hpp"

#include "support/growth.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using Runs = std::vector<DiffRun>;

TEST(DiffWords, FindsTheShortestWay) {
  EXPECT_EQ(diff_words("a b c d", "a x c d e"), (Runs{{Edit::same, "a"},
                                                      {Edit::removed, "b"},
                                                      {Edit::added, "x"},
                                                      {Edit::same, "c d"},
                                                      {Edit::added, "e"}}));
  EXPECT_EQ(diff_words("a b", "a b"), (Runs{{Edit::same, "a b"}}));
  EXPECT_EQ(diff_words("", "x y"), (Runs{{Edit::added, "x y"}}));
  EXPECT_EQ(diff_words("x y", ""), (Runs{{Edit::removed, "x y"}}));
  EXPECT_EQ(diff_words("", ""), Runs{});
}

TEST(DiffWords, GivesBackBothTexts) {
  const std::string before = "một hai ba bốn năm sáu bảy tám chín mười";
  const std::string after = "hai ba một bốn sáu năm bảy chín mười mười tám";
  std::string left;
  std::string right;
  for (const auto& run : diff_words(before, after)) {
    if (run.edit != Edit::added) left += run.text + ' ';
    if (run.edit != Edit::removed) right += run.text + ' ';
  }
  EXPECT_EQ(left, before + ' ');
  EXPECT_EQ(right, after + ' ');
}

TEST(DiffWords, GivesUpOnOtherTextsInBoundedTime) {
  std::string before;
  std::string after;
  for (int i = 0; i < 20000; ++i) {
    before += "a" + std::to_string(i) + ' ';
    after += "b" + std::to_string(i) + ' ';
  }
  const auto runs = diff_words(before, after);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].edit, Edit::removed);
}

/// One word over and over, with others strewn in: alike wherever the two are laid side by side.
std::string monotonous(const char* others, std::size_t words) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i)
    out += i % (words / 450) == 7 ? others + std::to_string(i) + ' ' : "a ";
  return out;
}

TEST(DiffWords, OfTheSameWordsOverAndOverGrowsLinearly) {
  EXPECT_TRUE(test::grows_linearly(
      20'000,
      [](std::size_t words) { return std::pair(monotonous("x", words), monotonous("y", words)); },
      [](const auto& texts) { static_cast<void>(diff_words(texts.first, texts.second)); }));
}

}  // namespace
}  // namespace tinwatch::monitor
