#include "monitor/paragraph_diff.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

/// A line a paragraph: `=` the same, `-` and `+` removed and added; of an edited one its runs.
std::string told(std::string_view before, std::string_view after) {
  std::string out;
  for (const auto& paragraph : diff_paragraphs(before, after)) {
    if (!out.empty()) out += '\n';
    out += paragraph.fate == ParagraphDiff::Fate::edited ? "~" : "";
    for (const auto& run : paragraph.runs) {
      if (&run != &paragraph.runs.front()) out += ' ';
      out += run.edit == Edit::same ? '=' : run.edit == Edit::removed ? '-' : '+';
      out += run.text;
    }
  }
  return out;
}

TEST(ParagraphDiff, SaysWhatBecameOfEach) {
  EXPECT_EQ(told("Ghe về.\n\nNước lớn.\n\nChợ đông.", "Ghe về.\n\nNước ròng.\n\nChợ đông."),
            "=Ghe về.\n~=Nước -lớn. +ròng.\n=Chợ đông.");
  EXPECT_EQ(told("one two\n\nthree four", "three four"), "-one two\n=three four");
  EXPECT_EQ(told("three four", "three four\n\nfive six"), "=three four\n+five six");
  EXPECT_EQ(told("", ""), "");
  EXPECT_EQ(told("", "a"), "+a");
  EXPECT_EQ(told("a", ""), "-a");
}

TEST(ParagraphDiff, PairsWhatIsAlikeAndNotWhatStandsInItsPlace) {
  EXPECT_EQ(
      told("the harbour was dredged in May\n\nrice is dear",
           "nobody knew of it\n\nthe harbour was dredged in June\n\nsalt is cheap today again"),
      "+nobody knew of it\n~=the harbour was dredged in -May +June\n-rice is dear\n+salt is "
      "cheap today again");
  EXPECT_EQ(told("one two three four", "five six seven eight"),
            "-one two three four\n+five six seven eight");
}

TEST(ParagraphDiff, OrderOfParagraphsIsKept) {
  EXPECT_EQ(told("a b c\n\nd e f", "d e f\n\na b c"), "-a b c\n=d e f\n+a b c");
}

TEST(ParagraphDiff, ParagraphsStandBetweenBlankLines) {
  EXPECT_EQ(paragraphs_of("a\nb\n\n\n\n c \n\n"), (std::vector<std::string_view>{"a\nb", "c"}));
  EXPECT_EQ(paragraphs_of("\n\n"), std::vector<std::string_view>{});
}

TEST(ParagraphDiff, ATextWithoutAnythingOfTheOldOneIsPairedInTurn) {
  std::string before;
  std::string after;
  for (int i = 0; i < 2000; ++i) {
    before += "boat " + std::to_string(i) + " of the north\n\n";
    after += "boat " + std::to_string(i + 5000) + " of the north\n\n";
  }
  const auto all = diff_paragraphs(before, after);
  ASSERT_EQ(all.size(), 2000U);
  for (const auto& one : all) EXPECT_EQ(one.fate, ParagraphDiff::Fate::edited);
}

}  // namespace
}  // namespace tinwatch::monitor
