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
  for (std::size_t i = 0; i < whole.size(); ++i) static_cast<void>(extract(whole.substr(0, i)));
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

std::string paragraphs(int n) {
  std::string out;
  for (int i = 0; i < n; ++i)
    out += "<p>Đoạn thứ " + std::to_string(i) +
           " kể một chuyện khác, đủ dài để là văn xuôi, có dấu phẩy và vài chữ nữa.</p>";
  return out;
}

TEST(ExtractArticle, SaysTheKindOfPage) {
  const auto kind = [](const std::string& html) {
    const auto record = extract(html, "https://bao.test/mot-bai-viet-2026");
    return record ? std::string("article") : std::string(label(record.error().page));
  };
  const auto video =
      R"(<script type="application/ld+json">{"@type":"VideoObject"}</script><h1>Video</h1>)";
  const auto paid =
      R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bài","isAccessibleForFree":false}</script><h1>Bài</h1><p>Mời mua.</p>)";
  EXPECT_EQ(kind("<h1>Một bài</h1>" + paragraphs(3)), "article");
  EXPECT_EQ(kind(video), "video");
  EXPECT_EQ(kind(paid), "paywall");
  EXPECT_EQ(kind("<title>404 - Không tìm thấy trang</title><h1>Lỗi</h1>" + paragraphs(1)),
            "soft_404");
  EXPECT_EQ(kind("<title>Before you continue</title><h1>Before you continue</h1>" + paragraphs(2)),
            "consent");
  EXPECT_EQ(kind(R"(<link rel="canonical" href="/"><title>Báo</title>)" + paragraphs(2)),
            "soft_404");
}

TEST(ExtractArticle, KeepsAShortArticleApartFromALongRelatedBox) {
  std::string related = "<div class=\"related\"><h3>Bài viết tương tự:</h3>";
  for (int i = 0; i < 8; ++i)
    related += "<div><a href=\"/bai-" + std::to_string(i) + "\">Một bài khác số " +
               std::to_string(i) +
               "</a><p>Lời dẫn rất dài của một bài khác, dài hơn cả bài này, không thuộc về bài "
               "này.</p></div>";
  const auto record =
      extract("<h1>Tin ngắn</h1><div>" + paragraphs(2) + "</div>" + related + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->body.size(), 2U);
  EXPECT_EQ(record->related_items.size(), 8U);
  EXPECT_EQ(record->related_items[0].headline, "Một bài khác số 0");
}

/// What differs between two fetches of one unedited article: the site's clock, counters, ages, the
/// related box, cache busters.
std::string visit(int n) {
  const auto number = std::to_string(n);
  return "<header><div class=\"date-time\">Chủ nhật, 0" + number + "/11/2026 10:5" + number +
         "</div></header><h1>Một bài không đổi</h1><p>Thứ năm, 27/04/2023, 14:14 (GMT+7)<br>50" +
         number + " lượt xem</p><p>Cập nhật " + number + " giờ trước</p><p>1," + number +
         "K views</p>" + paragraphs(3) + "<img src=\"/a.jpg?v=" + number + "\"><p>Lượt xem 10" +
         number + "</p><p>" + number +
         " người thích</p><div><p>Bài viết tương tự:</p><div><a href=\"/k" + number +
         "\">Một bài khác số " + number + "</a> <span>10:00 0" + number +
         "/02/2025</span> <span class=\"author\">Lê Mẫu " + (n > 1 ? "Hai" : "Một") +
         "</span></div></div>";
}

TEST(ExtractArticle, IsTheSameForAnUneditedArticle) {
  const auto one = extract(visit(1));
  const auto two = extract(visit(2));
  ASSERT_TRUE(one && two);
  EXPECT_EQ(editorial_fields(*one), editorial_fields(*two));
  EXPECT_EQ(one->date_published->text(), "2023-04-27T14:14:00+07:00");
  EXPECT_EQ(one->body.size(), 3U);
  EXPECT_TRUE(one->author.empty());
}

TEST(ExtractArticle, PairsPicturesAndCaptions) {
  const auto record = extract(
      "<h1>Phóng sự ảnh</h1><div class=\"bai\">" + paragraphs(2) +
      R"(<figure><img src="data:image/gif;base64,R0==" data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript><figcaption>Chú thích một. Ảnh: Lê Mẫu</figcaption></figure>
<p style="text-align:center"><img srcset="/b-320.jpg 320w, /b-900.jpg 900w"></p><p style="text-align:center"><em>Chú thích hai</em></p><img src="/icon.png" width="16" height="16">)" +
      paragraphs(1) + "</div>");
  ASSERT_TRUE(record);
  ASSERT_EQ(record->image.size(), 2U);
  EXPECT_EQ(record->image[0],
            (Image{"https://bao.test/a.jpg", "Chú thích một. Ảnh: Lê Mẫu", "Lê Mẫu"}));
  EXPECT_EQ(record->image[1], (Image{"https://bao.test/b-900.jpg", "Chú thích hai", ""}));
  EXPECT_EQ(record->body[2].type, BlockType::caption);
  EXPECT_EQ(record->body[3].type, BlockType::caption);
}

TEST(ExtractArticle, ReadsSeveralJsonLdObjectsOfOneScript) {
  const auto record = extract(
      R"(<script type="application/ld+json">{"@type":"WebSite","name":"x"} {"@type":"NewsArticle","headline":"B&#242; v&#224;ng","datePublished":"2026-03-04T05:06:07+07:00",
"author":{"@id":"#p"},"keywords":"a, b"} {"@id":"#p","@type":"Person","name":"Lê Mẫu"}</script><h1>Bò vàng</h1>)" +
      paragraphs(2));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->headline, "Bò vàng");
  EXPECT_EQ(record->author, std::vector<std::string>{"Lê Mẫu"});
  EXPECT_EQ(record->keywords, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(record->date_published->text(), "2026-03-04T05:06:07+07:00");
}

// A server that fails to fill its template in: the head still tells of the article, and what stands
// beside the holes are teasers of others. The printed clock corrects the declared one.
TEST(ExtractArticle, TakesNobodysTextForAnUnfilledTemplate) {
  const auto teaser = [](const std::string& n) {
    return "<div><article><h4><a href='/khac-" + n + "'>Một bài khác số " + n +
           "</a></h4><p>Lời dẫn của bài khác số " + n +
           ", một câu dài có dấu phẩy, không thuộc về bài viết này, dù nó đứng ở giữa trang.</p>"
           "</article></div>";
  };
  const auto record = extract(
      R"(<html><head><title>Cầu mới thông xe trên sông</title><meta property="og:type" content="article">
<meta property="og:title" content="Cầu mới thông xe trên sông"><meta property="article:published_time" content="2019-08-08T17:42:22+08:00"></head>
<body><section><header><span>Thứ năm, 8/8/2019, 17:42 (GMT+7)</span></header><h1>${article.title}</h1>
<div class="content"><p class="caption">Ảnh: Lan Anh</p><p>{{ article.content }}</p></div></section><section>)" +
      teaser("1") + teaser("2") + "</section></body></html>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->headline, "Cầu mới thông xe trên sông");
  EXPECT_EQ(record->date_published->text(), "2019-08-08T17:42:22+07:00");
  EXPECT_EQ(record->article_body(), "");
}

TEST(ExtractArticle, ReadsKeywordsOfTheHead) {
  const auto record = extract(
      R"(<meta name="keywords" content="trồng rau sạch trong doanh trại, hậu cần, tăng gia sản xuất"><h1>Một bài</h1>)" +
      paragraphs(2));
  ASSERT_TRUE(record);
  EXPECT_EQ(record->keywords, (std::vector<std::string>{"trồng rau sạch trong doanh trại",
                                                        "hậu cần", "tăng gia sản xuất"}));
}

TEST(ExtractArticle, TellsSeriesSourceAndCorrection) {
  const auto record =
      extract("<h1>Con đường (Kỳ 2): Qua đèo</h1><div>" + paragraphs(2) +
              "<p>Đính chính: số liệu ở đoạn hai đã được sửa lại cho đúng.</p><p><a "
              "href=\"/k3\">Kỳ cuối: Về biển</a></p><p>Theo TTXVN</p></div>");
  ASSERT_TRUE(record);
  const Series series{.name = "Con đường",
                      .part_label = "Kỳ 2",
                      .position = 2,
                      .part_title = "Qua đèo",
                      .next_label = "Kỳ cuối",
                      .next_title = "Về biển"};
  EXPECT_EQ(record->series, series);
  EXPECT_EQ(record->source_organization, "TTXVN");
  EXPECT_EQ(record->correction, "Đính chính: số liệu ở đoạn hai đã được sửa lại cho đúng.");
}

TEST(ExtractArticle, ObeysAProfile) {
  Profile profile;
  profile.selectors = {
      {.valid_until = *civil(2020, 1, 1, 0, 0, 0), .body = ".cu"},
      {.headline = ".tieu-de", .body = ".moi", .author = ".nguoi", .remove = ".quang"}};
  profile.end_lines = {"HẾT"};
  profile.missing_lines = {"Bài đã gỡ"};
  const auto site = Site::compile(profile, TimeZone::fixed(7h)).value();
  const auto html =
      "<h1>Tên báo</h1><div class=\"tieu-de\">Đầu đề thật</div><div class=\"cu\">" + paragraphs(1) +
      "</div><div class=\"moi\">" + paragraphs(3) +
      "<p class=\"quang\">Quảng cáo nằm giữa bài, dài như một đoạn văn thật sự.</p><p>HẾT</p>" +
      paragraphs(5) + "</div><div class=\"nguoi\">Lê Mẫu</div>";
  Document shown{
      .url = "https://bao.test/a", .html = html, .fetched_at = *civil(2026, 1, 1, 0, 0, 0)};
  const auto record = extract_article(shown, site);
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->headline, "Đầu đề thật");
  EXPECT_EQ(record->author, std::vector<std::string>{"Lê Mẫu"});
  EXPECT_EQ(record->body.size(), 3U);
  EXPECT_EQ(record->provenance.at("headline"), "profile");
  shown.fetched_at = *civil(2019, 1, 1, 0, 0, 0);
  EXPECT_EQ(extract_article(shown, site)->body.size(), 1U) << "the older design";
  shown.html = "<h1>Báo</h1><p>Bài đã gỡ</p>";
  EXPECT_EQ(extract_article(shown, site).error().page, PageKind::soft_404);
}

}  // namespace
}  // namespace tinwatch::parsers
