#include "parsers/document.hpp"

#include "html/legacy_text.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

TEST(Decode, TakesTheRightCharset) {
  EXPECT_EQ(decode("u", "text/html; charset=iso-8859-1", "Đường").html, "Đường")
      << "valid UTF-8 is UTF-8, whatever the header says";
  EXPECT_EQ(decode("u", "text/html", "\xEF\xBB\xBFx").html, "x");
  EXPECT_EQ(decode("u", "text/html; charset=windows-1258", "\xD0").html, "Đ");
  EXPECT_EQ(decode("u", "", "<meta charset=\"windows-1252\">\xe9").html,
            "<meta charset=\"windows-1252\">é");
  EXPECT_EQ(decode("u", "text/html; charset=utf-8", "a\xff").html, "a\uFFFD");
  EXPECT_EQ(decode("u", "text/html; charset=nonsense", "a\xff").html, "a\uFFFD");
}

TEST(Decode, KnowsTheLabelsOfTheWeb) {
  const auto read = [](const std::string& label, const std::string& bytes) {
    return decode("u", "text/html; charset=" + label, bytes).html;
  };
  EXPECT_EQ(read("iso88591", "\x93\xE9\x94"), "“é”");
  EXPECT_EQ(read("l5", "\xFE"), "ş");
  EXPECT_EQ(read("koi", "\xC1\xC2"), "аб");
  EXPECT_EQ(read("dos-874", "\xA1"), "ก");
  EXPECT_EQ(read("logical", "\xE0"), "א");
  EXPECT_EQ(read("cn-big5", "\xA4\xA4"), "中");
  EXPECT_EQ(read("iso-8859-16", "\xAA"), "Ș");
  EXPECT_EQ(read("chinese", "\xE9\x46"), "镕") << "gb2312 is gb18030";
}

TEST(Decode, OneCutCharacterMakesNoMojibake) {
  const std::string text = "Bến phà sông Trầu mở lại sau ba tháng sửa chữa";
  for (const auto* label : {"", "text/html; charset=iso-8859-1", "text/html; charset=windows-1258"})
    EXPECT_EQ(decode("u", label, text + " \xE1\xBB").html, text + " \uFFFD") << label;
  EXPECT_EQ(decode("u", "text/html; charset=iso-8859-1", "caf\xE9 d\xE9j\xE0 \xC3\xA9").html,
            "café déjà Ã©")
      << "it takes more than one character";
}

TEST(Decode, ReadsOldVietnameseCharsets) {
  // "Việt" in VISCII (RFC 1456) and in TCVN 5712-1.
  EXPECT_EQ(decode("u", "text/html; charset=viscii", "Vi\xAEt").html, "Việt");
  EXPECT_EQ(decode("u", "text/html; charset=x-viet-tcvn5712", "Vi\xD6t").html, "Việt");
  EXPECT_EQ(decode("u", "text/html; charset=viscii", "").html, "");
}

TEST(Decode, ReadsTheAbcFonts) {
  const auto page =
      decode("u", "text/html; charset=iso-8859-1", "<font face=\".VnTime\">Vi\xD6t Nam</font>");
  EXPECT_EQ(page.html, "<font face=\".VnTime\">Việt Nam</font>");
  EXPECT_EQ(page.charset, "tcvn3");
  EXPECT_EQ(decode("u", "", "<font face='.VnTimeH'>vi\xD6t <b>nam</b></font> vi\xD6t").html,
            "<font face='.VnTimeH'>VIỆT <b>NAM</b></font> việt")
      << "the capitals' fonts";
}

TEST(Decode, PutsDoubleEncodingRight) {
  // "Ä‘Æ°á»ng" is how "đường" looks when its UTF-8 is read as windows-1252; 0x9D has no letter
  // there.
  std::string written;
  for (int i = 0; i < 10; ++i) written += "Ä‘Æ°á»\u009Dng ";
  EXPECT_EQ(repair_double_encoding(written)->substr(0, 9), "đường");
  EXPECT_FALSE(repair_double_encoding("Garçon, señor, Straße, Ã alone"));
  EXPECT_FALSE(repair_double_encoding("Đường phố Hà Nội"));
}

TEST(ConvertWithIconv, SurvivesAnything) {
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i % 256);
  const auto text = convert_with_iconv(bytes, "VISCII");
  ASSERT_TRUE(text);
  EXPECT_GT(text->size(), bytes.size());
  EXPECT_FALSE(convert_with_iconv("x", "NO-SUCH-CHARSET"));
}

TEST(Decode, KoreanThatNobodyDeclaresIsKorean) {
  const std::string body =
      "\xBF\xC0\xB4\xC3 \xBE\xC6\xC4\xA7 \xBB\xF5 \xB4\xD9\xB8\xAE\xB0\xA1 \xBF\xAD\xB7"
      "\xC8\xB4\xD9. \xB0\xAD\xC0\xBB \xB0\xC7\xB3\xCA\xB4\xC2 \xB9\xE8\xB4\xC2 \xC0\xCC"
      "\xC1\xA6 \xB4\xD9\xB4\xCF\xC1\xF6 \xBE\xCA\xB4\xC2\xB4\xD9. \xC1\xD6\xB9\xCE\xB5"
      "\xE9\xC0\xBA \xBF\xC0\xB7\xA1 \xB1\xE2\xB4\xD9\xB7\xC8\xB4\xD9\xB0\xED \xB8\xBB\xC7"
      "\xDF\xB4\xD9.";
  EXPECT_EQ(decode("u", "text/html", body).html,
            "오늘 아침 새 다리가 열렸다. 강을 건너는 배는 이제 다니지 않는다. 주민들은 오래 "
            "기다렸다고 말했다.");
}

}  // namespace
}  // namespace tinwatch::parsers
