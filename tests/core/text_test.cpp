#include "core/text.hpp"

#include <gtest/gtest.h>

#include <random>

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

TEST(Utf8, EveryCharacterIsReadAsItIsWritten) {
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    if (c >= 0xd800 && c <= 0xdfff) continue;
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    ASSERT_EQ(next_code_point(text, at), c);
    ASSERT_EQ(at, text.size());
    ASSERT_TRUE(is_valid_utf8(text));
    text.pop_back();
    ASSERT_EQ(is_valid_utf8(text), text.empty()) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Utf8, BytesAreValidWhenTheyReadBackTheSame) {
  std::mt19937 random(7);
  const std::string_view likely = "a\xc3\xa1\xe1\xba\xbf\xf0\x9f\x98\x80\xed\xa0\xff\xc0";
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (int n = 0; n < 5; ++n) text += likely[random() % likely.size()];
    std::string again;
    for (std::size_t at = 0; at < text.size();) append_utf8(again, next_code_point(text, at));
    ASSERT_EQ(is_valid_utf8(text), again == text);
  }
}

TEST(Squeeze, ComposesEveryCharacterThatNfcDoes) {
  for (char32_t c = 0x100; c <= 0x10ffff; ++c) {
    if (c >= 0xd800 && c <= 0xdfff) continue;
    std::string text = "o";
    append_utf8(text, c);
    const auto squeezed = squeeze(text);
    const bool is_blank = squeezed == "o";
    ASSERT_TRUE(is_blank || squeezed == nfc(text)) << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(Clipped, SaysThatSomethingIsLeftOut) {
  EXPECT_EQ(clipped("tin tức", 20), "tin tức");
  EXPECT_EQ(clipped("tin tức mới", 9), "tin t…");
  EXPECT_EQ(clipped("ứứứứ", 8), "ứ…") << "no half letters";
  EXPECT_EQ(clipped("abcd", 3), "…");
}

}  // namespace
}  // namespace tinwatch
