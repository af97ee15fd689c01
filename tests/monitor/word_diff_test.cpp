#include "monitor/word_diff.hpp"

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

}  // namespace
}  // namespace tinwatch::monitor
