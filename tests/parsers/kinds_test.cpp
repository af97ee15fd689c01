#include "parsers/article.hpp"

#include <gtest/gtest.h>

/// Kinds of pages that systems of newspapers make: each test one of them, in markup of its own.
namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

using Texts = std::vector<std::string>;

const std::string title = "Harbour bridge opens a year late";
const Texts all = {
    "The bridge over the harbour carried its first cars on Monday, a year later than was planned.",
    "Engineers had found cracks in two of its piers, and the whole of the north end was built "
    "anew.",
    "Fishermen say that the boats of the old ferry should be kept for the days when the wind is "
    "high.",
    "The council wants to decide in autumn, once the first summer with the bridge can be looked "
    "at."};

std::string p(const std::string& text) { return "<p>" + text + "</p>"; }
std::string text() { return p(all[0]) + p(all[1]) + p(all[2]) + p(all[3]); }

ArticleRecord extract(const std::string& body, const std::string& head = {},
                      const std::string& name = title + " | Harbour Post") {
  auto record = extract_article({.url = "https://post.test/region/harbour-bridge-opens-48213.html",
                                 .html = "<html lang=\"en\"><head><title>" + name + "</title>" +
                                         head + "</head><body>" + body + "</body></html>"},
                                Site::generic(TimeZone::fixed(7h)));
  EXPECT_TRUE(record) << record.error().detail;
  return record ? std::move(*record) : ArticleRecord();
}

Texts texts_of(const ArticleRecord& record) {
  Texts out;
  for (const auto& block : record.body)
    if (block.type != BlockType::caption && block.type != BlockType::byline)
      out.push_back(block.text);
  return out;
}

const std::string h1 = "<h1>" + title + "</h1>";

/// What a page at `path` of the paper is taken for; empty: for an article.
std::string kind_of(const std::string& path, const std::string& head, const std::string& body) {
  const auto record = extract_article(
      {.url = "https://post.test/" + path,
       .html = "<html lang=en><head>" + head + "</head><body>" + body + "</body></html>"},
      Site::generic(TimeZone::fixed(7h)));
  return record ? "" : std::string(label(record.error().page));
}

/// Headlines that link, each with so many sentences of its article under it.
std::string section(const std::string& name, std::size_t sentences) {
  std::string out = name;
  for (std::size_t n = 0; n < 8; ++n) {
    const auto number = std::to_string(n);
    out += "<div class=s><h2><a href=/local/story-" + number +
           ".html>Harbour news of the day number " + number + "</a></h2><p>";
    for (std::size_t i = 0; i < sentences; ++i) out += all[(n + i) % all.size()] + ' ';
    out += "</p><span><a href=/by/rowe>by Jane Rowe of the Post</a></span></div>";
  }
  return out;
}

TEST(Kinds, AListIsNoArticleHoweverMuchItTellsOfEach) {
  const std::string head = "<title>Local | Harbour Post</title>";
  for (const std::size_t sentences : {1U, 2U, 7U}) {
    EXPECT_EQ(kind_of("local", head, section("<h1>Local</h1>", sentences)), "listing") << sentences;
    EXPECT_EQ(kind_of("local", head, section("", sentences)), "listing") << sentences;
  }
  EXPECT_EQ(kind_of("local", head, "<h1>Local</h1>" + text()), "") << "it leads nowhere";
  EXPECT_EQ(kind_of("region/the-week-48213.html", "<title>The week</title>",
                    section("<h1>The week</h1>", 7)),
            "")
      << "a digest, by its address";
  const std::string headline = "What happened in the harbour this week";
  EXPECT_EQ(
      kind_of("week", "<title>" + headline + "</title>", section("<h1>" + headline + "</h1>", 7)),
      "")
      << "by its headline";
}

TEST(Kinds, AnArticleThatNamesItselfNowhereIsOneByItsText) {
  std::string links;
  for (int n = 0; n < 75; ++n)
    links += "<li><a href=/view.aspx?id=" + std::to_string(n) +
             ">Another story of the harbour, and a long one</a></li>";
  const auto body =
      "<table><tr><td>" + title + "</td></tr><tr><td>" + p(all[0] + ' ' + all[1] + ' ' + all[2]) +
      p(all[3] + ' ' + all[0] + ' ' + all[2]) + p(all[1] + ' ' + all[3] + ' ' + all[0]) +
      "</td></tr></table><ul>" + links + "</ul>";
  EXPECT_EQ(kind_of("view.aspx?id=77", "<title>Harbour Post</title>", body), "");
}

TEST(Kinds, NewsMayBeASentence) {
  std::string links;
  for (int n = 0; n < 20; ++n)
    links += "<li><a href=/local/s" + std::to_string(n) +
             ".html>Another story of the harbour, and a long one</a></li>";
  const std::string declared =
      "<title>" + title + "</title><meta property=og:type content=article>";
  const auto brief = h1 + "<div>" + p(all[0]) + "</div><ul>" + links + "</ul>";
  EXPECT_EQ(kind_of("region/harbour-bridge-opens-late", declared, brief), "");
  EXPECT_EQ(kind_of("region/harbour-bridge-opens-late", "<title>" + title + "</title>", brief),
            "listing");
}

TEST(Kinds, WhatSharesABoxWithItsPictureIsALegendWhateverItIsCalled) {
  const auto record = extract(
      h1 + "<div>" + p(all[0]) +
      "<div class=\"media\"><div><img src=\"/a.jpg\"></div><div class=\"media__meta\">The new "
      "bridge on its first morning</div></div>" +
      p(all[1]) + p(all[2]) + p(all[3]) + "</div>");
  EXPECT_EQ(texts_of(record), all);
  ASSERT_EQ(record.image.size(), 1U);
  EXPECT_EQ(record.image[0].caption, "The new bridge on its first morning");
}

TEST(Kinds, SeveralWhoWroteItStandOnLinesOfTheirOwn) {
  for (const auto* writers :
       {"<div><div>Jane Rowe</div><div>Ann Li Weir</div><div>May 4, 2025, 10:15</div></div>",
        "<div class=\"article-author\"><div><b>Jane Rowe</b></div><div><b>Ann Li "
        "Weir</b></div></div>"}) {
    const auto record = extract("<main>" + h1 + writers + text() + "</main>");
    EXPECT_EQ(record.author, (Texts{"Jane Rowe", "Ann Li Weir"})) << writers;
    EXPECT_EQ(texts_of(record), all) << writers;
  }
}

TEST(Kinds, WritersBetweenLeadAndDateAreNoText) {
  const auto record = extract("<section>" + h1 + p(all[0]) +
                              "<div><div>Jane Rowe</div><div>Ann Li Weir</div></div><div>May 4, "
                              "2025, 10:15</div></section><section>" +
                              p(all[1]) + p(all[2]) + p(all[3]) + "</section>");
  EXPECT_EQ(texts_of(record), all);
}

TEST(Kinds, CardsOfOtherPostsAndNoticesAmongParagraphsAreNoText) {
  const auto record = extract(
      h1 + "<div>" + p(all[0]) +
      "<blockquote><a href=\"/b\">Market hall gets a new roof before winter</a></blockquote>" +
      p(all[1]) + "<div>Story continues below advertisement</div>" + p(all[2]) +
      "<div>247 people are reading this</div>" + p(all[3]) + "</div>");
  EXPECT_EQ(texts_of(record), all);
}

TEST(Kinds, AQuotationThatOnlyHoldsALinkIsText) {
  const std::string quote = "We were told that it would take a year and no longer, and now look.";
  const auto record =
      extract(h1 + "<div>" + text() + "<blockquote>" + quote +
              " <a href=\"/b\">More</a></blockquote>" + p(all[0] + " Again.") + "</div>");
  EXPECT_EQ(record.body.size(), 6U);
}

TEST(Kinds, SmallSquaresShowWhoWroteIt) {
  const auto record =
      extract(h1 +
              "<ul><li><img src=\"/jane.jpg\" width=\"60\" height=\"60\"><a rel=\"author\" "
              "href=\"/by/1\">Jane Rowe</a><span>Reporter</span></li></ul><div>" +
              text() + "<img src=\"/b.jpg\" width=\"600\" height=\"400\"></div>");
  ASSERT_EQ(record.image.size(), 1U);
  EXPECT_EQ(record.image[0].url, "https://post.test/b.jpg");
  EXPECT_EQ(record.author, Texts{"Jane Rowe"});
}

TEST(Kinds, ALinkedSentenceAmongParagraphsIsText) {
  const auto record =
      extract(h1 + "<div><p><a href=\"/b\">" + all[0] + "</a></p>" + p(all[1]) + p(all[2]) +
              p(all[3]) + "<p><a href=\"/c\">Market hall gets a new roof</a></p></div>");
  EXPECT_EQ(texts_of(record), all);
}

TEST(Kinds, ALeadOfItsOwnClassIsOneBeforeAnySections) {
  auto body = "<section>" + h1 + "<p class=\"opening\">" + all[0] + "</p></section>";
  for (std::size_t n = 1; n < all.size(); ++n)
    body += "<section class=\"run\">" + p(all[n]) + p(all[n] + " So.") + "</section>";
  EXPECT_EQ(extract(body).description, all[0]);
}

TEST(Kinds, TheHeadlineStandsInABoxUnderTheSectionsHeading) {
  EXPECT_EQ(extract("<h1>Region</h1><div>" + title + "</div><div>" + text() + "</div>").headline,
            title);
}

TEST(Kinds, ThePagesOwnWordsAreItsHeadlineWhereAllDeclarationsAgree) {
  const std::string own = "Top 5 things about the harbour bridge that opens late";
  const auto declared = [](const std::string& type) {
    return "<meta property=\"og:title\" content=\"" + title +
           "\"><script type=\"application/ld+json\">{\"@type\":\"" + type + "\",\"headline\":\"" +
           title + "\"}</script>";
  };
  EXPECT_EQ(extract("<h1>" + own + "</h1>" + text(), declared("BlogPosting")).headline, own);
  EXPECT_EQ(extract("<h1>" + own + "</h1>" + text(), declared("NewsArticle")).headline, title)
      << "a newspaper agrees with itself";
}

TEST(Kinds, ATimeSaysInWhichOrderItsDayIsPrinted) {
  const auto record = extract(
      h1 + "<div><time datetime=\"2023-10-12T19:38:01Z\">10/12/2023 7:38 PM</time></div>" + text());
  ASSERT_TRUE(record.date_published);
  EXPECT_EQ(record.date_published->text().substr(0, 10), "2023-10-12");
  const auto either = extract(
      h1 +
      "<div><time datetime=\"2019-08-08T17:42:22+08:00\">8/8/2019, 17:42 (GMT+7)</time></div>" +
      text());
  ASSERT_TRUE(either.date_published);
  EXPECT_TRUE(either.date_published->text().ends_with("+07:00")) << "in either order it is one day";
}

TEST(Kinds, PagesThatStandInForOthersSaySo) {
  const auto kind = [](const std::string& name) {
    const auto record = extract_article(
        {.url = "https://post.test/region/harbour-bridge-opens-48213.html",
         .html =
             "<html><head><title>" + name + "</title></head><body><h1>" + name +
             "</h1><p>Please come back in a few minutes, thank you very much.</p></body></html>"},
        Site::generic(TimeZone::fixed(7h)));
    return record ? std::string("article") : std::string(label(record.error().page));
  };
  EXPECT_EQ(kind("Wartungsarbeiten – Hafenpost"), "other");
  EXPECT_EQ(kind("Сайт временно недоступен"), "other");
  EXPECT_EQ(kind("Página no encontrada | Correo"), "soft_404");
  EXPECT_EQ(kind("404"), "soft_404");
  EXPECT_EQ(kind("Ihre Privatsphäre bei der Hafenpost"), "consent");
  EXPECT_EQ(kind("Route 4040 is closed for the summer"), "article");
  EXPECT_EQ(kind("Wartungsarbeiten am Hafen dauern bis Mai"), "article");
}

}  // namespace
}  // namespace tinwatch::parsers
