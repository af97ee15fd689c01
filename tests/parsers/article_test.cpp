#include "parsers/article.hpp"

#include "parsers/dates.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

auto extract(std::string html, std::string url = "https://bao.test/mot-bai-viet-2026") {
  return extract_article({.url = std::move(url), .html = std::move(html)},
                         Site::generic(TimeZone::fixed(7h)));
}

constexpr auto page =
    R"(<html lang="vi"><head><title>Một tiêu đề | Báo Thử</title><link rel="canonical" href="/bai/1"></head><body>
<nav><a href="/">Trang chủ</a></nav><div class="breadcrumb"><a href="/">Trang chủ</a> <a href="/doi-song">Đời sống</a></div>
<div>Thứ tư, 04/03/2026, 16:44 (GMT+7)</div><div>1.234 lượt xem</div><h1>Một tiêu đề</h1>
<div class="body"><p class="sapo">(BTO) - Đây là sapo của bài viết, đủ dài để được coi là văn xuôi.</p>
<p>Đoạn thứ nhất có đủ chữ để được tính, với dấu phẩy, và thêm vài từ nữa cho chắc chắn.</p>
<blockquote>Một câu trích dẫn nguyên văn của nhân vật trong bài.</blockquote>
<ul><li>Mục một</li><li>Mục hai</li></ul><table><tr><td>Ô một</td><td>Ô hai</td></tr></table>
<h3>Tiêu đề phụ</h3><p>Viết thư về <a class="__cf_email__" data-cfemail="5a383b351a2b316d742c34" href="/cdn-cgi/l/email-protection">[email&#160;protected]</a> để góp ý cho bài.</p>
<h3>Bài viết tương tự:</h3><p>Tin khác rất dài, rất dài, rất dài, không thuộc về bài viết này, không hề.</p></div>
<div class="related"><a href="/khac-1">Bài khác một</a></div></body></html>)";

TEST(ExtractArticle, ReadsTheFields) {
  const auto record = extract(page);
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->headline, "Một tiêu đề");
  EXPECT_EQ(record->site_name, "Báo Thử");
  EXPECT_EQ(record->canonical_url, "https://bao.test/bai/1");
  EXPECT_EQ(record->article_section, std::vector<std::string>{"Đời sống"});
  EXPECT_EQ(record->date_published->text(), "2026-03-04T16:44:00+07:00");
  EXPECT_EQ(record->view_count, 1234);
  EXPECT_EQ(record->dateline, "BTO");
  EXPECT_EQ(record->description, "Đây là sapo của bài viết, đủ dài để được coi là văn xuôi.");
  const std::vector<Block> body = {
      {BlockType::lead, "(BTO) - Đây là sapo của bài viết, đủ dài để được coi là văn xuôi."},
      {BlockType::paragraph,
       "Đoạn thứ nhất có đủ chữ để được tính, với dấu phẩy, và thêm vài từ nữa cho chắc chắn."},
      {BlockType::quote, "Một câu trích dẫn nguyên văn của nhân vật trong bài."},
      {BlockType::list, "Mục một"},
      {BlockType::list, "Mục hai"},
      {BlockType::table, "Ô một | Ô hai"},
      {BlockType::subheading, "Tiêu đề phụ"},
      {BlockType::paragraph, "Viết thư về bao@qk7.vn để góp ý cho bài."}};
  ASSERT_EQ(record->body.size(), body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    EXPECT_EQ(record->body[i].text, body[i].text);
    EXPECT_EQ(label(record->body[i].type), label(body[i].type));
  }
}

TEST(ExtractArticle, SaysWhatIsNoArticle) {
  EXPECT_EQ(extract("<h1>x</h1><p>text</p>", "https://bao.test/").error().page, PageKind::home);
  EXPECT_EQ(extract(repeated("<a href=/x>Một tin</a>", 20)).error().page, PageKind::listing);
  EXPECT_EQ(extract("").error().page, PageKind::other);
}

TEST(ExtractArticle, BearsHostilePages) {
  for (const auto* start : {"", "<svg><foreignObject>", "<svg><div>", "<table><tr><td>"})
    for (const auto* tag : {"<div>", "<b>", "<x/>", "<a href=x>", "<p><b class=1>", "<div></x>",
                            "<rt>", "</p><b id=1>x<p>"})
      static_cast<void>(extract("<h1>t</h1>" + (start + repeated(tag, 40000)) +
                                "<p>Một đoạn văn đủ dài để được tính, có dấu phẩy.</p>"));
  static_cast<void>(extract(std::string("\0\xff<p\0>", 6)));
  const std::string whole = page;
  for (std::size_t i = 0; i < whole.size(); i += 7) static_cast<void>(extract(whole.substr(0, i)));
}

TEST(ExtractArticle, TakesDatesFromJsonLdAndMeta) {
  const auto body =
      std::string("<h1>T</h1><p>Một đoạn văn đủ dài để được tính là nội dung, có dấu phẩy.</p>");
  EXPECT_EQ(
      extract(
          R"(<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2026-07-16T18:04:00.000 +07:00","author":{"name":"A B"}}]}</script>)" +
          body)
          ->date_published->text(),
      "2026-07-16T18:04:00+07:00");
  EXPECT_EQ(
      extract(
          "<meta property=\"article:published_time\" content=\"2026-07-16T23:47:00&#x2B;07:00\">" +
          body)
          ->date_published->text(),
      "2026-07-16T23:47:00+07:00");
  EXPECT_FALSE(
      extract("<script type=\"application/ld+json\">" + repeated("[", 100000) + "</script>" + body)
          ->date_published);
}

TEST(ParseDate, ReadsVietnameseLines) {
  const auto text = [](const char* line) {
    const auto date = parse_date(line, {.zone = TimeZone::fixed(7h)});
    return date ? date->text() : std::string("none");
  };
  EXPECT_EQ(text("Chủ nhật, 19/11/2023, 01:29 (GMT+7)"), "2023-11-19T01:29:00+07:00");
  EXPECT_EQ(text("17:25 12/02/2026"), "2026-02-12T17:25:00+07:00");
  EXPECT_EQ(text("06/10/2015 - 21:04"), "2015-10-06T21:04:00+07:00");
  EXPECT_EQ(text("Thứ Sáu 29/05/2020 , 18:35 (GMT+7)"), "2020-05-29T18:35:00+07:00");
  EXPECT_EQ(text("04.03.2026"), "2026-03-04");
  for (const auto* line : {"29/2/2023", "31/4/2026", "25:10 04/03/2026", "Quý 1/2026", ""})
    EXPECT_EQ(text(line), "none") << line;
}

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

}  // namespace
}  // namespace tinwatch::parsers
