#include "core/text.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

TEST(Squeeze, MakesOneBlankOfAllWhiteSpaceAndNfc) {
  EXPECT_EQ(squeeze("  a\u00a0 \t\n b\u200b "), "a b");
  EXPECT_EQ(squeeze("Tu\u031b lê\u0323nh"), "Tư lệnh");
  EXPECT_EQ(squeeze(std::string_view("a\0b", 3)), "ab");
  EXPECT_EQ(squeeze("\xff\xfe ok"), "\uFFFD\uFFFD ok");
}

TEST(Clip, NeverCutsACharacter) {
  EXPECT_EQ(clip("đường", 1), "");
  EXPECT_EQ(clip("đường", 2), "đ");
  EXPECT_EQ(clip("abc", 10), "abc");
}

TEST(Words, AreRunsBetweenWhiteSpace) {
  const auto found = words(" Quân khu\u00a07\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[2], "7");
}

TEST(EscapeControls, KeepsATerminalSafe) {
  EXPECT_EQ(escape_controls("a\x1b[31m\nb\u202e"), "a\\u{001B}[31m\\u{000A}b\\u{202E}");
  EXPECT_EQ(escape_controls("Đà Nẵng"), "Đà Nẵng");
}

TEST(EscapeHtml, LeavesNoMarkup) {
  EXPECT_EQ(escape_html("<a href=\"x\">'&'"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
}

TEST(Percent, RoundTrips) {
  const std::string text = "https://a.test/tin tức?x=1&y=%";
  EXPECT_EQ(percent_decode(percent_encode(text)), text);
  EXPECT_EQ(percent_decode("%zz%4"), "%zz%4");
}

TEST(Utf8, TellsValidFromInvalid) {
  EXPECT_TRUE(is_valid_utf8("ộ"));
  EXPECT_FALSE(is_valid_utf8("\xc0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));
}

}  // namespace
}  // namespace tinwatch
