#include "core/screen_text.hpp"

#include "core/text.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <unicode/uchar.h>

namespace tinwatch {
namespace {

std::string of(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

TEST(EscapeControls, KeepsATerminalSafe) {
  EXPECT_EQ(escape_controls("a\x1b[31m\nb\u202e"), "a\\u{001B}[31m\\u{000A}b\\u{202E}");
  EXPECT_EQ(escape_controls("Đà Nẵng 한국 👍 ❤️"), "Đà Nẵng 한국 👍 ❤️");
  EXPECT_EQ(escape_controls("\U000E0041\u009b"), "\\u{E0041}\\u{009B}");
}

/// Unicode's own list of what controls, separates and formats, and of what is never seen.
TEST(EscapeControls, KnowsEveryCharacterThatActs) {
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    const auto code = static_cast<UChar32>(c);
    const auto category = u_charType(code);
    const bool controls = category == U_CONTROL_CHAR || category == U_LINE_SEPARATOR ||
                          category == U_PARAGRAPH_SEPARATOR;
    // Format characters of Arabic, Syriac, Kaithi print a sign; those of hieroglyphs and shorthand
    // place their neighbours.
    const bool prints = u_hasBinaryProperty(code, UCHAR_PREPENDED_CONCATENATION_MARK) != 0 ||
                        (c >= 0x13430 && c <= 0x1345f) || (c >= 0x1bca0 && c <= 0x1bca3);
    const bool formats = category == U_FORMAT_CHAR && !prints;
    // Not assigned, and reserved for more of the kind.
    const bool reserved = c == 0x2065 || c == 0xe0000 || (c >= 0xe0002 && c <= 0xe001f);
    EXPECT_EQ(acts_on_screen(c), controls || formats || reserved)
        << std::hex << static_cast<std::uint32_t>(c);
  }
}

TEST(EscapeControls, StopsAtTheCharacterThatDoesNotFit) {
  EXPECT_EQ(escape_controls("abc", 3), "abc");
  EXPECT_EQ(escape_controls("abcd", 3), "ab…");
  EXPECT_EQ(escape_controls("đđđđ", 3), "đđ…");
  EXPECT_EQ(escape_controls("a\x1b", 9), "a\\u{001B}");
  EXPECT_EQ(escape_controls("a\x1b", 8), "a…");
  EXPECT_EQ(escape_controls("", 0), "");
}

TEST(EscapeControls, KeepsTheLinesOfAPage) {
  EXPECT_EQ(escape_controls_in_lines("<p>\n\ta\r\x1b"), "<p>\n\ta\\u{000D}\\u{001B}");
}

TEST(EscapeControls, LeavesAJsonValueTheSame) {
  for (const char32_t c : {U'\u0085', U'\u007f', U'\u202e', U'\ufffb', U'\U000E0041'}) {
    const boost::json::value value{{"a", "x" + of(c) + "y"}};
    const auto text = escape_controls_in_json(boost::json::serialize(value));
    EXPECT_EQ(escape_controls(text), text);
    EXPECT_EQ(boost::json::parse(text), value);
  }
  EXPECT_EQ(escape_controls_in_json("\"\U000E0041\xff\""), "\"\\uDB40\\uDC41\uFFFD\"");
}

TEST(EscapeControls, WritesCharacterReferencesIntoHtml) {
  EXPECT_EQ(escape_controls_in_html("<p>a\u202eb\n</p>\x1b"), "<p>a&#x202E;b\n</p>&#x1B;");
}

TEST(RepairUtf8, ReplacesWhatIsNone) {
  EXPECT_EQ(repair_utf8("a\xff\xc3"), "a\uFFFD\uFFFD");
  EXPECT_EQ(repair_utf8("ộ"), "ộ");
}

}  // namespace
}  // namespace tinwatch
