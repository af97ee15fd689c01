#include "core/text.hpp"
#include "support/growth.hpp"

#include <gtest/gtest.h>

#include <tuple>

namespace tinwatch {
namespace {

using test::grows_linearly;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

constexpr std::string_view joiner = "\u034F";
constexpr std::string_view acute = "\u0301";

TEST(Nfc, LeavesALetterThirtyMarks) {
  EXPECT_EQ(nfc("a" + repeated(acute, 30)), "á" + repeated(acute, 29));
  EXPECT_EQ(nfc("q" + repeated(acute, 30)), "q" + repeated(acute, 30));
  EXPECT_EQ(nfc("Tu\u031B lê\u0323nh"), "Tư lệnh");
}

TEST(Nfc, SeparatesMarksBeyondThirty) {
  EXPECT_EQ(nfc("q" + repeated(acute, 31)),
            "q" + repeated(acute, 30) + std::string(joiner) + std::string(acute));
  EXPECT_EQ(nfc("q" + repeated(acute, 70)), "q" + repeated(acute, 30) + std::string(joiner) +
                                                repeated(acute, 30) + std::string(joiner) +
                                                repeated(acute, 10));
  EXPECT_EQ(nfc(repeated(acute, 31)),
            repeated(acute, 30) + std::string(joiner) + std::string(acute))
      << "no letter before them";
}

TEST(Nfc, CountsMarksAsTheyAreDecomposed) {
  // U+1EA5 is a letter with two marks, U+0F73 two marks that are no mark by their own class.
  EXPECT_EQ(nfc("ấ" + repeated(acute, 28)), "ấ" + repeated(acute, 28));
  EXPECT_EQ(nfc("ấ" + repeated(acute, 29)),
            "ấ" + repeated(acute, 28) + std::string(joiner) + std::string(acute));
  EXPECT_EQ(nfc("\u0F40" + repeated("\u0F73", 15)),
            "\u0F40" + repeated("\u0F71", 15) + repeated("\u0F72", 15));
  EXPECT_EQ(nfc("\u0F40" + repeated("\u0F73", 16)), "\u0F40" + repeated("\u0F71", 15) +
                                                        repeated("\u0F72", 15) +
                                                        std::string(joiner) + "\u0F71\u0F72");
}

TEST(Nfc, SeesALongRunWhereverItStands) {
  const auto marks = repeated(acute, 31);
  const auto right = repeated(acute, 30) + std::string(joiner) + std::string(acute);
  for (std::size_t before = 0; before < 40; ++before)
    for (const auto* letter : {"q", "\u0416", "\u0E01", "\U0001F600"})
      EXPECT_EQ(nfc(repeated(letter, before) + "\u0915" + marks + "x"),
                repeated(letter, before) + "\u0915" + right + "x");
}

TEST(Nfc, ChangesNothingTheSecondTime) {
  for (const auto* marks : {"\u0301\u0323", "\u0F73", "\u0344\u0345", "\u0301"}) {
    const auto once = nfc("a" + repeated(marks, 100) + "b");
    EXPECT_EQ(nfc(once), once);
    EXPECT_EQ(squeeze(once), once);
  }
}

struct Shape {
  const char* name;
  std::string_view unit;
};

class Normalising : public testing::TestWithParam<Shape> {};

TEST_P(Normalising, TakesLinearTime) {
  // Sorting 16,000 marks by insertion takes seconds.
  const auto make = [](std::size_t n) {
    return "a" + repeated(GetParam().unit, n / GetParam().unit.size());
  };
  constexpr std::size_t bytes = 16 * 1024;
  EXPECT_TRUE(
      grows_linearly(bytes, make, [](const std::string& text) { std::ignore = nfc(text); }));
  EXPECT_TRUE(
      grows_linearly(bytes, make, [](const std::string& text) { std::ignore = squeeze(text); }));
  EXPECT_TRUE(
      grows_linearly(bytes, make, [](const std::string& text) { std::ignore = fold_tone(text); }));
  EXPECT_TRUE(
      grows_linearly(bytes, make, [](const std::string& text) { std::ignore = fold_marks(text); }));
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, Normalising,
    testing::Values(Shape{"UnsortedMarks", "\u0301\u0323"}, Shape{"TwoMarksInOne", "\u0F73"},
                    Shape{"AnyMarks", "\u0334\u0345\u0301\u0327\u0323\u302A\u0F73"},
                    Shape{"Jamo", "\u1161\u11A8"}, Shape{"VowelSigns", "\u0DDC\u0DCA\u0DCF"},
                    Shape{"SignsThatFold", "\u0345\u0390\u0345\u0323"}),
    [](const auto& shape) { return std::string(shape.param.name); });

}  // namespace
}  // namespace tinwatch
