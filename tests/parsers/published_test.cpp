#include "parsers/article.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

const Instant fetched = *civil(2026, 3, 4, 5, 0, 0);

/// The date of a page that declares `declared` and has `printed` above its headline; empty: none.
std::string date_of(const std::string& declared, const std::string& printed) {
  const auto html =
      "<html><head><title>Cầu mới</title><meta property=\"article:published_time\" content=\"" +
      declared + "\"></head><body><h1>Cầu mới</h1><div>" + printed +
      "</div><p>Cây cầu mới bắc qua sông đã thông xe sáng nay, sau ba năm thi công, dài gần ba "
      "trăm mét.</p><p>Đoạn thứ hai của bài viết nói về những người đã làm nên cây cầu ấy, và về "
      "bến đò cũ.</p></body></html>";
  const auto record =
      extract_article({.url = "https://bao.test/bai", .html = html, .fetched_at = fetched},
                      Site::generic(TimeZone::fixed(7h)));
  EXPECT_TRUE(record) << record.error().detail;
  return record && record->date_published ? record->date_published->text() : "";
}

TEST(Published, ADateThatIsYetToComeIsNotBelieved) {
  EXPECT_EQ(date_of("2026-03-04T11:59:00+07:00", ""), "2026-03-04T11:59:00+07:00");
  EXPECT_EQ(date_of("2026-03-05T11:59:59+07:00", ""), "2026-03-05T11:59:59+07:00")
      << "up to a day: clocks and zones are wrong";
  EXPECT_EQ(date_of("2026-03-05T12:00:00+07:00", ""), "");
  EXPECT_EQ(date_of("2031-01-01T00:00:00+07:00", ""), "");
  EXPECT_EQ(date_of("2031-01-01T00:00:00+07:00", "Thứ tư, 04/03/2026, 10:44 (GMT+7)"),
            "2026-03-04T10:44:00+07:00")
      << "the next source is asked";
}

TEST(Published, ALineMayTellMoreThanOneDate) {
  EXPECT_EQ(date_of("", "Updated: 3 March 2026 | Published: 2 March 2026"), "2026-03-02");
  EXPECT_EQ(date_of("", "Đăng lúc 2/3/2026, cập nhật 3/3/2026"), "2026-03-02");
  EXPECT_EQ(date_of("", "Updated: 3 March 2026"), "2026-03-03");
}

/// The date of a page that has `behind` behind its text.
std::string date_behind(const std::string& behind) {
  const std::string text(200, 'x');
  const auto record = extract_article(
      {.url = "https://bao.test/bai",
       .html = "<html><head><title>New bridge</title></head><body><h1>New bridge</h1><div><p>It "
               "was opened. " +
               text + "</p><p>It is long. " + text + "</p></div>" + behind + "</body></html>",
       .fetched_at = fetched},
      Site::generic(TimeZone::fixed(7h)));
  EXPECT_TRUE(record) << record.error().detail;
  return record && record->date_published ? record->date_published->text() : "";
}

TEST(Published, ADateMayStandUnderItsLabelBehindTheText) {
  EXPECT_EQ(date_behind("<footer class=meta><p>Published</p><p>Feb 2, 2026</p></footer>"),
            "2026-02-02");
  EXPECT_EQ(date_behind("<footer class=meta><h4>Đăng ngày:</h4><span>2/2/2026</span></footer>"),
            "2026-02-02");
  EXPECT_EQ(
      date_behind("<div class=meta><div><p>Published</p></div><div><p>Feb 2, 2026</p></div></div>"),
      "")
      << "of another box";
  EXPECT_EQ(date_behind("<aside class=meta><p>Published</p><p>Feb 2, 2026</p></aside>"), "")
      << "of another article";
}

/// The date of a page at https://bao.test/bai with these in its head and under its headline.
std::string date_with(const std::string& head, const std::string& under,
                      const std::string& behind = "") {
  const std::string text(200, 'x');
  const auto record = extract_article(
      {.url = "https://bao.test/bai",
       .html = "<html><head><title>New bridge</title>" + head + "</head><body><h1>New bridge</h1>" +
               under + "<div><p>It was opened. " + text + "</p><p>It is long. " + text +
               "</p></div>" + behind + "</body></html>",
       .fetched_at = fetched},
      Site::generic(TimeZone::fixed(7h)));
  EXPECT_TRUE(record) << record.error().detail;
  return record && record->date_published ? record->date_published->text() : "";
}

std::string declares(const std::string& published, const std::string& modified) {
  return R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"New bridge",)"
         R"("datePublished":")" +
         published + R"(","dateModified":")" + modified + "\"}</script>";
}

TEST(Published, WhatIsDeclaredAsThePublicationMayBeWhenThePageWasBuilt) {
  const std::string line = "<div>February 2, 2026</div>";
  EXPECT_EQ(date_with(declares("2026-02-20T10:00:05Z", "2026-02-20T10:00:00Z"), line),
            "2026-02-02");
  EXPECT_EQ(date_with(declares("2026-02-20T10:00:00Z", "2026-02-20T10:00:00Z"), line),
            "2026-02-02");
  EXPECT_EQ(date_with(declares("2026-02-20T10:00:00Z", "2026-02-21T10:00:00Z"), line),
            "2026-02-20T10:00:00Z")
      << "it was changed after it came out";
  EXPECT_EQ(date_with(declares("2026-01-20T10:00:00Z", "2026-01-20T10:00:00Z"), line),
            "2026-01-20T10:00:00Z")
      << "nothing is printed before it comes out";
  EXPECT_EQ(date_with(declares("2026-02-20T10:00:00Z", "2026-02-20T10:00:00Z"),
                      "<div>Updated: February 2, 2026</div>"),
            "2026-02-20T10:00:00Z");
  EXPECT_EQ(
      date_with(declares("2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"), "<div>03/02/2026</div>"),
      "2026-03-02T10:00:00Z")
      << "the same day, with the month first";
}

TEST(Published, OneMomentOfSeveralDaysIsWhenThePageWasBuilt) {
  const auto time = [](const std::string& printed) {
    return "<time pubdate datetime=2026-02-20T10:00:00Z>" + printed + "</time>";
  };
  const std::string own = "<p><time datetime=2026-02-02T08:00:00Z>February 2, 2026</time></p>";
  EXPECT_EQ(
      date_with("", own, "<p>" + time("20/02/2026") + "</p><p>" + time("19/02/2026") + "</p>"),
      "2026-02-02");
  EXPECT_EQ(
      date_with("", own, "<p>" + time("20/02/2026") + "</p><p>" + time("20/02/2026") + "</p>"),
      "2026-02-20T10:00:00Z");
}

TEST(Published, ALinkToThePageItselfPrintsItsDate) {
  const auto card = [](const std::string& address) {
    return "<aside class=teasers><a href=\"" + address +
           "\"><div>2 February 2026</div><h2>New bridge</h2></a></aside>";
  };
  EXPECT_EQ(date_with("", "", card("/bai")), "2026-02-02");
  EXPECT_EQ(date_with("", "", card("/bai-khac")), "");
  EXPECT_EQ(date_with("", "", card("/bai#comment-1")), "");
}

TEST(Published, DatesOfSeveralTeasersAreNobodys) {
  const auto teaser = [](const std::string& day) {
    return "<div class=card><h3><a href=/" + day +
           ">A harbour</a></h3><span itemprop=datePublished content=2026-03-" + day +
           ">then</span></div>";
  };
  EXPECT_EQ(date_behind("<div class=related-cards>" + teaser("01") + teaser("02") + teaser("03") +
                        "</div>"),
            "");
  EXPECT_EQ(
      date_behind("<div class=cards>" + teaser("01") + teaser("02") + teaser("03") + "</div>"), "");
}

TEST(Published, MonthsComeFirstOnAmericanPages) {
  const auto date = [](const std::string& lang, const std::string& url, const std::string& head) {
    const std::string text(200, 'x');
    const auto html = "<html lang=\"" + lang + "\"><head>" + head +
                      "<title>New bridge</title></head><body><h1>New bridge</h1>"
                      "<span class=date>02/03/2026</span><p>It was opened. " +
                      text + "</p><p>It is long. " + text + "</p></body></html>";
    const auto record =
        extract_article({.url = url, .html = html, .fetched_at = *civil(2026, 4, 1, 0, 0, 0)},
                        Site::generic(TimeZone::fixed(7h)));
    return record && record->date_published ? record->date_published->text() : "";
  };
  const std::string american = "https://paper.example.com/new-bridge";
  const std::string locale = "<meta property=og:locale content=";
  EXPECT_EQ(date("en-US", american, ""), "2026-02-03");
  EXPECT_EQ(date("en", american, locale + "en_US>"), "2026-02-03");
  EXPECT_EQ(date("en", american, ""), "2026-03-02");
  EXPECT_EQ(date("en-US", american, locale + "en_GB>"), "2026-03-02");
  EXPECT_EQ(date("en-US", "https://bao.vn/new-bridge", ""), "2026-03-02")
      << "templates say en-US by default";
}

TEST(Published, ADateBeforeTheWebHadNewspapersIsNotBelieved) {
  EXPECT_EQ(date_of("1995-01-01T00:00:00Z", ""), "1995-01-01T00:00:00Z");
  EXPECT_EQ(date_of("1994-12-31T23:59:59Z", ""), "");
  EXPECT_EQ(date_of("1970-01-01T00:00:00Z", "Thứ tư, 04/03/2026, 10:44 (GMT+7)"),
            "2026-03-04T10:44:00+07:00");
}

}  // namespace
}  // namespace tinwatch::parsers
