#include "page/line_parts.hpp"
#include "page/name_words.hpp"
#include "parsers/article.hpp"

#include <gtest/gtest.h>

/// What holds in any page design: each rule here is told by what a page prints, not by its classes.
namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

auto extract(const std::string& body, const std::string& head = {}) {
  return extract_article(
      {.url = "https://bao.test/mot-bai-viet-dai-48213.html",
       .html = "<html lang=\"vi\"><head>" + head + "</head><body>" + body + "</body></html>"},
      Site::generic(TimeZone::fixed(7h)));
}

std::string sentence(int n) {
  return "Người dân xóm " + std::to_string(n) +
         " dọn bến từ lúc trời chưa sáng, còn chợ mở cửa đến khi chuyến đò cuối cùng cập bến.";
}

std::string paragraphs(int from, int to) {
  std::string out;
  for (int n = from; n <= to; ++n) out += "<p class=\"c1\">" + sentence(n) + "</p>";
  return out;
}

std::vector<std::string> texts_of(const ArticleRecord& record, BlockType type) {
  std::vector<std::string> out;
  for (const auto& block : record.body)
    if (block.type == type) out.push_back(block.text);
  return out;
}

using Texts = std::vector<std::string>;

TEST(NameWords, LeavesOutWhatAProgramMadeUp) {
  EXPECT_EQ(words_of_names("css-7ad2-P"), "P");
  EXPECT_EQ(words_of_names("sc-kAdXeD"), "");
  EXPECT_EQ(words_of_names("Article_para__3Ad1x"), "Article_para__");
  EXPECT_EQ(words_of_names("md:hidden text-sm hidden"), "");
  EXPECT_EQ(words_of_names("ctl00_cphMain_ctl02_rptRelated"), "");
  EXPECT_EQ(words_of_names("related-posts story__caption ArticleBody col2"),
            "related-posts story__caption ArticleBody col2");
}

TEST(Records, TakeTheTextThatSharesABoxWithAPictureForItsCaption) {
  const auto record = extract(
      "<h1>Bến phà sông Trầu mở lại</h1><div>" + paragraphs(1, 2) +
      R"(<div class="x9"><img src="/a.jpg"><div class="y2">Phà cập bến trong buổi sáng mở lại</div></div>)" +
      paragraphs(3, 5) + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  ASSERT_EQ(record->image.size(), 1U);
  EXPECT_EQ(record->image[0].caption, "Phà cập bến trong buổi sáng mở lại");
  EXPECT_EQ(texts_of(*record, BlockType::paragraph).size(), 5U);
}

TEST(Records, TakeTheCreditOffACaptionOfSeveralLines) {
  const auto record = extract(
      "<h1>Bến phà sông Trầu mở lại</h1><div>" + paragraphs(1, 2) +
      R"(<figure><img src="/a.jpg"><figcaption>Phà cập bến<br>trong buổi sáng. Ảnh: Lê Mẫu</figcaption></figure>
<figure><img src="/b.jpg"><figcaption>Chợ họp. Ảnh: Lê Mẫu</figcaption></figure>)" +
      paragraphs(3, 4) + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  ASSERT_EQ(record->image.size(), 2U);
  EXPECT_EQ(record->image[0].caption, "Phà cập bến trong buổi sáng.");
  EXPECT_EQ(record->image[1].caption, "Chợ họp. Ảnh: Lê Mẫu");
  for (const auto& image : record->image) EXPECT_EQ(image.credit_text, "Lê Mẫu");
}

TEST(Records, TakeALineSetLikeNothingButLinesUnderPicturesForACaption) {
  const auto record = extract(
      "<h1>Bến phà sông Trầu mở lại</h1><div>" + paragraphs(1, 2) +
      R"(<div><img src="/a.jpg"></div><p class="c7">Ảnh một cho thấy bến phà.</p>)" +
      paragraphs(3, 4) + R"(<div><img src="/b.jpg"></div><p class="c7">Ảnh hai cho thấy chợ.</p>)" +
      paragraphs(5, 6) + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(texts_of(*record, BlockType::caption),
            (Texts{"Ảnh một cho thấy bến phà.", "Ảnh hai cho thấy chợ."}));
}

TEST(Records, KeepTheParagraphBehindAPicture) {
  const auto record =
      extract("<h1>Bến phà sông Trầu mở lại</h1><div>" + paragraphs(1, 1) +
              "<p class=\"c1\"><img src=\"/a.jpg\"></p>" + paragraphs(2, 4) + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(texts_of(*record, BlockType::paragraph).size(), 4U);
}

TEST(Records, ReadDateAuthorAndViewsFromOneLineWithoutBlanks) {
  const auto record = extract(
      "<h1>Bến phà sông Trầu mở lại</h1><div><span>06/11/2024 18:05</span><span>Trần Thị "
      "Nước</span><span>1.305 lượt xem</span>" +
      paragraphs(1, 4) + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->date_published->text(), "2024-11-06T18:05:00+07:00");
  EXPECT_EQ(record->author, Texts{"Trần Thị Nước"});
  EXPECT_EQ(record->view_count, 1305);
  EXPECT_EQ(record->body.size(), 4U);
}

TEST(Records, ReadTheLineUnderTheTextThatSaysWhoWroteIt) {
  for (const auto* line : {"Bài, ảnh: Trần Thị Nước", "Tác giả: Trần Thị Nước", "Trần Thị Nước"}) {
    const auto record = extract("<h1>Bến phà sông Trầu mở lại</h1><div>" + paragraphs(1, 4) +
                                "<div align=\"right\"><b>" + line + "</b></div></div>");
    ASSERT_TRUE(record) << record.error().detail;
    EXPECT_EQ(record->author, Texts{"Trần Thị Nước"}) << line;
    EXPECT_EQ(texts_of(*record, BlockType::byline), Texts{line});
  }
}

TEST(Records, ReadATrailOfSectionsPrintedAsText) {
  const auto record =
      extract("<div>Đời sống &gt; Sông nước</div><h1>Bến phà sông Trầu mở lại</h1><div>" +
              paragraphs(1, 4) + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->article_section, (Texts{"Đời sống", "Sông nước"}));
}

TEST(Records, LeaveOutTheOnlyWordsOfABox) {
  for (const auto* label : {"Quảng cáo", "Advertisement", "Anzeige", "Đăng ký nhận bản tin",
                            "Newsletter abonnieren", "Suscríbete al boletín"}) {
    const auto record =
        extract("<h1>Bến phà sông Trầu mở lại</h1><div>" + paragraphs(1, 2) + "<p><small>" + label +
                "</small></p>" + paragraphs(3, 4) + "</div>");
    ASSERT_TRUE(record) << record.error().detail;
    EXPECT_EQ(record->body.size(), 4U) << label;
  }
}

TEST(Records, LeaveOutABoxThatAsks) {
  const auto record = extract(
      "<h1>Bến phà sông Trầu mở lại</h1><div>" + paragraphs(1, 2) +
      R"(<div class="q1"><p>Bạn thấy phà mới thế nào</p><form><input type="radio"></form></div>)" +
      paragraphs(3, 4) + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->body.size(), 4U);
}

TEST(Records, KeepAParagraphThatIsPrintedTwice) {
  const auto record = extract("<h1>Bến phà sông Trầu mở lại</h1><div>" + paragraphs(1, 3) +
                              paragraphs(2, 2) + "</div>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->body.size(), 4U);
}

TEST(Records, ReadTheHeadlineUnderTheNameOfTheSite) {
  const auto record =
      extract("<h1><a href=\"/\">Bến Nước Post</a></h1><h2>Bến phà sông Trầu mở lại</h2><div>" +
                  paragraphs(1, 4) + "</div>",
              "<title>Bến phà sông Trầu mở lại - Bến Nước Post</title>");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->headline, "Bến phà sông Trầu mở lại");
}

TEST(Records, ReadTheSecondHeadingWhereTheFirstIsTheNameOfTheSite) {
  const auto record = extract(
      "<h1><a href=/>Báo Sông Nước</a></h1><h1>Bến phà nào còn đông khách nhất vùng này</h1><div>" +
          paragraphs(1, 5) + "</div>",
      "<title>Bến phà đông khách | Báo Sông Nước</title><meta property=og:site_name content=\"Báo "
      "Sông "
      "Nước\">"
      "<meta property=og:title content=\"Những bến phà còn đông khách\">");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->headline, "Bến phà nào còn đông khách nhất vùng này");
}

/// The headline of a page without an <h1> whose declared titles are `title`.
std::string headline_of(const std::string& title, const std::string& site) {
  const auto record = extract_article(
      {.url = "https://www.baosongnuoc.com.vn/pha-van-chay-48213.html",
       .html = "<html lang=vi><head><title>" + title +
               "</title><meta property=og:title content=\"" + title + "\">" + site +
               "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"" +
               title + "\"}</script></head><body><div>" + paragraphs(1, 5) +
               "</div></body></html>"},
      Site::generic(TimeZone::fixed(7h)));
  EXPECT_TRUE(record) << record.error().detail;
  return record ? record->headline : "";
}

TEST(Records, LeaveTheNameOfTheSiteOutOfTheHeadline) {
  const std::string headline = "Phà vẫn chạy trong đêm bão";
  EXPECT_EQ(headline_of(headline + " | Báo Sông Nước", ""), headline) << "as the address spells it";
  EXPECT_EQ(headline_of(headline + " - Sông Nước",
                        "<meta property=og:site_name content=\"Báo Sông Nước\">"),
            headline);
  EXPECT_EQ(headline_of(headline + " - Đồng Bằng",
                        "<meta property=og:site_name content=\"Báo Sông Nước\">"),
            headline + " - Đồng Bằng");
  const auto longer = headline + " - báo sông nước ngập cả một vùng hạ lưu";
  EXPECT_EQ(headline_of(longer, ""), longer) << "it begins as the site's name does, and goes on";
}

/// An article with a list of five ferries, each with a heading that leads to `address` and its
/// number.
Texts with_ferries(const std::string& address, const std::string& behind) {
  std::string entries;
  for (int n = 1; n <= 5; ++n) {
    const auto number = std::to_string(n);
    entries += "<section class=e><h3><a href=\"" + address + number + behind + "\">Bến phà số " +
               number + "</a></h3><p>" + sentence(n + 20) + ' ' + sentence(n + 30) +
               "</p></section>";
  }
  const auto record =
      extract("<h1>Năm bến phà nên đến một lần</h1><div>" + paragraphs(1, 4) + entries + "</div>");
  EXPECT_TRUE(record) << record.error().detail;
  return record ? texts_of(*record, BlockType::paragraph) : Texts();
}

TEST(Records, KeepTheEntriesOfAListThatLeadToSitesOfTheirOwn) {
  EXPECT_EQ(with_ferries("https://ben", ".example/").size(), 9U);
  EXPECT_EQ(with_ferries("/pha-", ".html").size(), 4U) << "teasers of the paper";
  EXPECT_EQ(with_ferries("https://tin.example/", "").size(), 4U) << "of another one";
}

TEST(Records, IgnoreTheJsonLdOfAnotherArticle) {
  const auto record = extract(
      "<h1>Bến phà sông Trầu mở lại</h1><span>06/11/2024 18:05</span><div>" + paragraphs(1, 4) +
          "</div>",
      R"(<title>Bến phà sông Trầu mở lại</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Chuyện cũ của cầu treo","url":"https://bao.test/cau-treo-31.html",
"datePublished":"2023-02-01T08:00:00+07:00","author":{"@type":"Person","name":"Lê Bến"}}</script>)");
  ASSERT_TRUE(record) << record.error().detail;
  EXPECT_EQ(record->date_published->text(), "2024-11-06T18:05:00+07:00");
  EXPECT_TRUE(record->author.empty());
}

TEST(Records, OrderDeclaredAuthorsAsThePagePrintsThem) {
  const std::string body = "<h1>Bến phà sông Trầu mở lại</h1><p>By Ann Weir and Bo Ford</p><div>" +
                           paragraphs(1, 4) + "</div>";
  const auto record = extract(
      body,
      R"(<title>Bến phà sông Trầu mở lại</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Bến phà sông Trầu mở lại","author":[{"name":"Bo Ford"},{"name":"Ann Weir"}]}</script>)");
  ASSERT_TRUE(record) << record.error().detail;
  // A page in Vietnamese is asked for its printed line first; the order is the same either way.
  EXPECT_EQ(record->author, (Texts{"Ann Weir", "Bo Ford"}));
}

TEST(Records, AreNotMadeOfAMaintenancePage) {
  const auto record = extract(
      "<main><h1>Bảo trì hệ thống</h1><p>Hệ thống đang được bảo trì. Vui lòng quay lại sau ít "
      "phút.</p></main>",
      "<title>Bảo trì hệ thống</title>");
  EXPECT_FALSE(record);
}

TEST(LineParts, TellBylinesByTheirForm) {
  for (const auto* line : {"By Jane Rowe", "Von Eva Muster", "Par Léa Martin et Paul Roux",
                           "Bài, ảnh: Lê Mẫu", "Tác giả: Lê Mẫu", "作者：王明"})
    EXPECT_TRUE(is_byline(line)) << line;
  for (const auto* line : {"By Monday the water had gone", "Von 2019 bis 2020", "Bài học lớn"})
    EXPECT_FALSE(is_byline(line)) << line;
}

}  // namespace
}  // namespace tinwatch::parsers
