#include "article/authors.hpp"
#include "parsers/article.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// How articles are read in markup that nobody tuned for: each test a kind of it.
namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

ArticleRecord extract(std::string html) {
  auto record = extract_article(
      {.url = "https://post.test/region/ferry-comes-back-48213.html", .html = std::move(html)},
      Site::generic(TimeZone::fixed(7h)));
  EXPECT_TRUE(record) << record.error().detail;
  return record ? std::move(*record) : ArticleRecord();
}

const std::string one =
    "The ferry across the river took more than four hundred people on the day it came back.";
const std::string two =
    "People of the three villages cleared the way to the landing before the sun had come up.";
const std::string three =
    "The council says that the money came from the market, which grew by a tenth in the year.";
const std::string four =
    "In spring a second boat is to follow, and the last trip of the day will then leave at ten.";

std::string p(const std::string& text, const std::string& more = {}) {
  return "<p" + more + ">" + text + "</p>";
}

std::string paragraphs() { return p(one) + p(two) + p(three) + p(four); }

std::string page(const std::string& body, const std::string& head = {}) {
  return "<html lang=\"en\"><head><title>Ferry comes back after three months | River Post</title>" +
         head + "</head><body>" + body + "</body></html>";
}

const std::string h1 = "<h1>Ferry comes back after three months</h1>";

std::vector<std::string> texts_of(const ArticleRecord& record) {
  std::vector<std::string> out;
  for (const auto& block : record.body)
    if (block.type != BlockType::caption && block.type != BlockType::byline)
      out.push_back(block.text);
  return out;
}

std::vector<std::string> captions_of(const ArticleRecord& record) {
  std::vector<std::string> out;
  for (const auto& image : record.image)
    if (!image.caption.empty()) out.push_back(image.caption);
  return out;
}

using Texts = std::vector<std::string>;
const Texts all = {one, two, three, four};

TEST(Reading, ElementsOfMadeUpNamesAreLinesWhereNothingStandsBesideThem) {
  std::string body;
  for (const auto& text : all) body += "<news-text>" + text + "</news-text>";
  const auto record = extract(page(h1 + "<news-story>" + body + "</news-story>"));
  EXPECT_EQ(texts_of(record), all);
  const auto inline_one =
      extract(page(h1 + p(one + " The <term-tip>landing</term-tip> is new.") + p(two) + p(three)));
  EXPECT_EQ(texts_of(inline_one).front(), one + " The landing is new.");
}

TEST(Reading, BreaksPartLinesThatAreElements) {
  const auto record = extract(page(
      "<table><tr><td><span>News » Region</span><br><span>6 November 2024, 18:05</span><br>"
      "<span id=t>Ferry comes back after three months</span><br><span>(1234 views)</span><br><br>" +
      one + "<br><br>" + two + "<br><br>" + three + "</td></tr></table>"));
  EXPECT_EQ(texts_of(record), (Texts{one, two, three}));
  EXPECT_EQ(record.view_count, 1234);
  EXPECT_EQ(record.article_section, (Texts{"News", "Region"}));
  ASSERT_TRUE(record.date_published);
}

TEST(Reading, LinesOfDatesAndShortPiecesAreNoText) {
  const auto record =
      extract(page(h1 +
                   "<div><div><span>Jane Rowe</span><span>6 November 2024, 18:05</span><span>5 min "
                   "read</span><span>Harbour desk</span></div>" +
                   paragraphs() + "</div>"));
  EXPECT_EQ(texts_of(record), all);
}

TEST(Reading, AFirstParagraphOfItsOwnClassIsTheLead) {
  const auto record = extract(page(h1 + "<div>" + p(one, " class=x1") + p(two, " class=x2") +
                                   p(three, " class=x2") + p(four, " class=x2") + "</div>"));
  EXPECT_EQ(record.description, one);
  const auto plain = extract(page(h1 + "<div>" + p(one, " class=dropcap") + p(two, " class=x2") +
                                  p(three, " class=x2") + p(four, " class=x2") + "</div>"));
  EXPECT_EQ(plain.description, "");
}

TEST(Reading, AHeadingRightBehindTheHeadlineIsTheLead) {
  const auto record =
      extract(page("<div>" + h1 + "<h2>" + one + "</h2>" + p(two) + p(three) + p(four) + "</div>"));
  EXPECT_EQ(record.description, one);
}

TEST(Reading, ALegendOverItsPictureIsACaption) {
  const std::string figure =
      "<div class=f><div class=c>The ferry at the landing of the upper village</div>"
      "<div><img src=/a.jpg></div></div>";
  const auto record =
      extract(page(h1 + "<div>" + p(one) + figure + p(two) + p(three) + p(four) + "</div>"));
  EXPECT_EQ(captions_of(record), Texts{"The ferry at the landing of the upper village"});
  EXPECT_EQ(texts_of(record), all);
}

TEST(Reading, CentredPagesAreNoListsOfCaptions) {
  std::string body;
  for (const auto& text : all) body += p(text, " style=\"text-align:center\"");
  EXPECT_EQ(texts_of(extract(page(h1 + "<img src=/a.jpg>" + body))), all);
}

TEST(Reading, ListsOfAWriterAreText) {
  const std::string list =
      "<ul><li><a href=/b/1>The crane of the upper landing is mended</a></li><li><a href=/b/2>The "
      "crane of the lower landing is mended</a></li><li><a href=/b/3>The crane in the middle is "
      "mended</a></li></ul>";
  const auto record = extract(page(h1 + "<article>" + paragraphs() + list + "</article>"));
  EXPECT_EQ(texts_of(record).size(), 7U);
  const auto named = extract(
      page(h1 + "<article>" + paragraphs() + "<ul class=more>" + list.substr(4) + "</article>"));
  EXPECT_EQ(texts_of(named), all);
}

TEST(Reading, ListsOfLinksToArticlesAreNoText) {
  std::string list = "<ul>";
  for (const auto* words :
       {"market roof mended at last", "library opens on sundays", "tram goes to the hospital"}) {
    std::string address(words);
    std::replace(address.begin(), address.end(), ' ', '-');
    list += "<li><a href=\"/region/" + address + ".html\">" + words + "</a></li>";
  }
  EXPECT_EQ(texts_of(extract(page(h1 + "<article>" + paragraphs() + list + "</ul></article>"))),
            all);
}

TEST(Reading, CountersAndOffersBetweenParagraphsAreNoText) {
  const std::string offer =
      "<div class=x7><h3>Read on with a subscription</h3><ul><li>1 a week</li></ul><a href=/abo>Go "
      "on</a></div>";
  std::string body;
  for (const auto& text : all) body += p(text) + "<div class=r><span>63</span></div>";
  EXPECT_EQ(texts_of(extract(page(h1 + "<div>" + body + offer + p(one + " So.") + "</div>"))),
            (Texts{one, two, three, four, one + " So."}));
}

TEST(Reading, LinkedHeadingsWithTextAreItsSubheadings) {
  std::string body;
  for (const auto* book : {"1. The Boats", "2. The River", "3. The Landing"})
    body += "<h2><a href=/buy>" + std::string(book) + "</a></h2>" + paragraphs();
  const auto record = extract(page(h1 + "<div>" + p(one) + body + "</div>"));
  EXPECT_NE(std::find_if(record.body.begin(), record.body.end(),
                         [](const Block& block) { return block.text == "2. The River"; }),
            record.body.end());
}

TEST(Reading, TheTextMayBeginBeforeItsBox) {
  const auto record = extract(page(
      h1 + "<div class=hero>" + p(one + " Many had waited for it since the water rose.") +
          "</div><div class=text>" + p(two) + p(three) + p(four) + p(two + " Again.") + "</div>",
      "<meta name=description content=\"Other words for the search engines.\">"));
  EXPECT_EQ(texts_of(record).front(), one + " Many had waited for it since the water rose.");
}

TEST(Reading, WidgetsOfBuildersHoldText) {
  std::string body;
  for (const auto& text : all)
    body += "<div class=\"so-panel widget widget_text\"><div class=textwidget>" + p(text) +
            p(text + " So it is.") + "</div></div>";
  EXPECT_EQ(texts_of(extract(page(h1 + "<div class=entry-content>" + body + "</div>"))).size(), 8U);
}

TEST(Reading, AnIdOfTheHeadingsWordsSaysNothingOfTheBox) {
  const auto record = extract(
      page(h1 + "<div>" + paragraphs() +
           "<div id=\"sharing-with-a-friend\"><h2>Sharing with a friend</h2>" +
           p("Short, but text of the article all the same, and some more.") + "</div></div>"));
  EXPECT_EQ(texts_of(record).size(), 6U);
}

TEST(Reading, NamesStandBehindALabelOfTheirOwn) {
  EXPECT_EQ(
      extract(page(h1 + "<div><span>By</span> <span>Ana Lowe</span></div>" + paragraphs())).author,
      Texts{"Ana Lowe"});
  EXPECT_EQ(extract(page(h1 + "<dl><dt>Author</dt><dd>Ana Lowe</dd></dl>" + paragraphs())).author,
            Texts{"Ana Lowe"});
  EXPECT_EQ(extract(page(h1 + "<div>" + paragraphs() +
                         "</div><div class=post-footer><span class=fn>Ana Lowe</span></div>"))
                .author,
            Texts{"Ana Lowe"});
}

TEST(Reading, NamesStandBehindTheText) {
  EXPECT_EQ(extract(page("<div>" + h1 + "<div>" + paragraphs() +
                         "</div><p align=right><b>Ana Lowe</b></p></div>"))
                .author,
            Texts{"Ana Lowe"});
  const auto addressed =
      extract(page(h1 + "<div>" + paragraphs() + "<div>Ana Lowe (ana@post.test)</div></div>"));
  EXPECT_EQ(addressed.author, Texts{"Ana Lowe"});
  EXPECT_EQ(texts_of(addressed), all);
}

TEST(Reading, SeveralNamesStandBehindOneLabel) {
  EXPECT_EQ(extract(page(h1 +
                         "<div><span>By</span> <a href=/p/1>Ana Lowe</a> <span>and</span> <a "
                         "href=/p/2>Tom Reed</a></div>" +
                         paragraphs()))
                .author,
            (Texts{"Ana Lowe", "Tom Reed"}));
}

TEST(Reading, NamesAreWithoutWhatStandsBesideThem) {
  EXPECT_EQ(read_authors("Author Ana Lowe"), Texts{"Ana Lowe"});
  EXPECT_EQ(read_authors("Ana Lowe Last update"), Texts{"Ana Lowe"});
  EXPECT_EQ(read_authors("Ana Lowe, More about Ana"), Texts{"Ana Lowe"});
  EXPECT_EQ(read_authors("Ana Lowe, economist and mother of two. Based in Bern, she writes"),
            Texts{"Ana Lowe"});
  EXPECT_EQ(read_authors("page.head.extra.author"), Texts{});
  EXPECT_EQ(read_authors("Photos: Ana Lowe"), Texts{});
  EXPECT_EQ(read_authors("Ana Lowe, Tom de Vries"), (Texts{"Ana Lowe", "Tom de Vries"}));
}

TEST(Reading, AParagraphAboutTheAuthorIsNoText) {
  const auto record = extract(
      page(h1 + "<div>By Ana Lowe</div><div>" + paragraphs() + p(one + " So.") +
           p("Ana Lowe is the harbour correspondent of the paper and has written three books.") +
           "</div>"));
  EXPECT_EQ(texts_of(record).back(), one + " So.");
}

TEST(Reading, AHeadlineInThePagesOwnWordsStays) {
  const std::string declared =
      "<meta property=\"og:title\" content=\"Ferry comes back after three months\">";
  EXPECT_EQ(
      extract(page("<h1>The ferry is back: three months without it</h1>" + paragraphs(), declared))
          .headline,
      "The ferry is back: three months without it");
  EXPECT_EQ(extract(page("<h1>River Post</h1>" + paragraphs(), declared)).headline,
            "Ferry comes back after three months");
  EXPECT_EQ(
      extract(page("<h1>News from all over the region</h1>" + paragraphs(), declared)).headline,
      "Ferry comes back after three months");
}

}  // namespace
}  // namespace tinwatch::parsers
