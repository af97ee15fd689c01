#include "parsers/article.hpp"

#include <gtest/gtest.h>

/// What a page prints and repeats tells its parts, whatever its system calls them: each test one
/// habit of a system, in markup of its own.
namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

using Texts = std::vector<std::string>;

const std::string title = "Quarry lake opens for swimmers";
const Texts all = {
    "The lake in the old quarry opened for swimmers on Friday, after two summers behind a fence.",
    "Divers had taken the last of the sunken carts out of the water, and the whole of the shore "
    "was "
    "levelled.",
    "Farmers nearby say that the lane to the lake should be closed to cars on days when the heat "
    "is "
    "great.",
    "The parish wants to decide in autumn, once the first summer with guests can be looked at."};

std::string p(const std::string& text) { return "<p>" + text + "</p>"; }
std::string text() { return p(all[0]) + p(all[1]) + p(all[2]) + p(all[3]); }
const std::string h1 = "<h1>" + title + "</h1>";

ArticleRecord extract(const std::string& body, const std::string& head = {}) {
  auto record = extract_article(
      {.url = "https://post.test/parish/quarry-lake-opens-48213.html",
       .html = "<html lang=\"en\"><head><title>" + title + " | Quarry Post</title>" + head +
               "</head><body>" + body + "</body></html>"},
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

Texts captions_of(const ArticleRecord& record) {
  Texts out;
  for (const auto& image : record.image) out.push_back(image.caption);
  return out;
}

TEST(Designs, GalleryOfOnePictureIsAFigure) {
  std::string body;
  for (int n = 0; n < 4; ++n) body += text();
  const auto record = extract(
      h1 + "<div>" + body +
      "<div class=\"ce-gallery\"><div><figure><img src=\"/lake.jpg\"><figcaption>The new steps at "
      "the north end</figcaption></figure></div></div>" +
      p(all[2] + ' ' + all[1]) + "</div>");
  EXPECT_EQ(captions_of(record), Texts{"The new steps at the north end"});
}

TEST(Designs, HeadingOfAPartMayStandInAHeader) {
  const auto record =
      extract(h1 + "<div><div>" + p(all[0]) + p(all[1]) +
              "</div><div><header><h2>What the farmers say</h2></header></div><div>" + p(all[2]) +
              p(all[3]) + "</div></div>");
  EXPECT_EQ(texts_of(record), (Texts{all[0], all[1], "What the farmers say", all[2], all[3]}));
}

TEST(Designs, HeadingsOfPartsMayBeSetAsTheHeadlineIs) {
  const auto record = extract(h1 + "<div>" + p(all[0]) + p(all[1]) +
                              "<h1>What the farmers say</h1>" + p(all[2]) + p(all[3]) + "</div>");
  EXPECT_EQ(texts_of(record), (Texts{all[0], all[1], "What the farmers say", all[2], all[3]}));
}

TEST(Designs, FirstLineOfTheTextIsNoCaptionOfThePictureOverItsBox) {
  const std::string first =
      "The lake in the old quarry opened for swimmers on Friday, after two summers behind a fence";
  const auto record =
      extract(h1 + "<div><div class=\"hero\"><img src=\"/hero.jpg\"></div><div class=\"stamp\">" +
              "May 4, 2025, 10:15</div><div class=\"words\"><p class=\"opening\">" + first +
              "</p>" + p(all[1]) + p(all[2]) + p(all[3]) + "</div></div>");
  EXPECT_EQ(texts_of(record), (Texts{first, all[1], all[2], all[3]}));
}

TEST(Designs, NextArticleOfAnEndlessPageIsAnother) {
  const auto next =
      "<div class=\"wrap\"><h2 class=\"tt\"><a href=\"/parish/mill.html\">The mill "
      "grinds its first flour</a></h2><div class=\"copy\">" +
      p("The mill at the weir ground its first flour in forty years on Monday, and "
        "bakers came from three towns.") +
      p("A second stone was bought from a mill that had closed up the river, with "
        "money from the parish fair.") +
      "</div></div>";
  const auto first = "<div class=\"wrap\"><h1 class=\"tt\">" + title + "</h1><div class=\"copy\">" +
                     text() + text() + "</div></div>";
  EXPECT_EQ(texts_of(extract(first + next)).size(), 2 * all.size());
}

TEST(Designs, LinesThatLinkedHeadlinesOpenAreTeasers) {
  const auto teasers = [](const std::string& tag, const std::string& more) {
    std::string out;
    for (int n = 0; n < 3; ++n)
      out += "<" + tag + ">" + (more.empty() ? "" : "<td>") + "<a href=\"/parish/n-" +
             std::to_string(n) + ".html\"><b>Another story of the parish, number</b></a>" +
             (more.empty() ? "<br>The parish council heard of it on Tuesday, and of much else that "
                             "had been said of the lanes."
                           : more) +
             "</" + tag + ">";
    return out;
  };
  for (const auto& rows : {"<div><b>Also in this paper</b>" + teasers("p", "") + "</div>",
                           "<div><b>Also in this paper</b>" +
                               teasers("div",
                                       "<p>It was heard of on Tuesday, and of "
                                       "much else that had been said of lanes "
                                       "and of hedges in the parish.</p>") +
                               "</div>",
                           "<table>" + teasers("tr", " (04/05/2025)</td>") + "</table>"})
    EXPECT_EQ(texts_of(extract("<div>" + h1 + "<div>" + text() + "</div>" + rows + "</div>")), all)
        << rows;
}

TEST(Designs, ListOfLinksToOtherSitesStays) {
  std::string rows;
  for (int n = 0; n < 4; ++n)
    rows += "<p><a href=\"https://lake-" + std::to_string(n) +
            ".test/\">A lake for swimmers, number so and so</a><br>It lies an hour to the north of "
            "the quarry, and has a café at its shore.</p>";
  const auto record = extract(h1 + "<div>" + text() + "<div>" + rows + "</div>" +
                              p(all[0] + ' ' + all[2]) + "</div>");
  EXPECT_EQ(texts_of(record).size(), all.size() + 5);
}

TEST(Designs, SectionsMayBeARowOfLinksInAnyMarkup) {
  const Texts sections = {"Parish", "Sport"};
  for (const auto* row :
       {"<nav><span><a href=\"/c1\">Parish</a></span><span><a href=\"/c2\">Sport</a></span></nav>",
        "<div><a href=\"/c1\">Parish</a> - <a href=\"/c2\">Sport</a></div>",
        "<div><a href=\"/c1\">Parish</a> <a href=\"/c2\">Sport</a> <i>4 May 2025, 10:15</i></div>"})
    EXPECT_EQ(extract("<div>" + std::string(row) + h1 + "<div>" + text() + "</div></div>")
                  .article_section,
              sections)
        << row;
  // The headline ends it, wherever it stands.
  EXPECT_EQ(extract("<div><a href=\"/c1\">Parish</a> / <a href=\"/c2\">Sport</a> / " + title +
                    "</div><div>" + h1 + "<div>" + text() + "</div></div>")
                .article_section,
            sections);
}

TEST(Designs, WritersAndSharesAreNoSections) {
  for (const auto* row : {"<div><a href=\"/author/1\">Jane Rowe</a> <a href=\"/author/2\">Ann "
                          "Weir</a> <i>4 May 2025, 10:15</i></div>",
                          "<div><a href=\"https://one.example/share\">One</a> <a "
                          "href=\"https://two.example/share\">Two</a></div>"})
    EXPECT_EQ(extract("<div>" + h1 + row + "<div>" + text() + "</div></div>").article_section,
              Texts())
        << row;
}

TEST(Designs, NumberAndWordOfACounterMayStandApart) {
  const auto record = extract("<div>" + h1 +
                              "<div><span>4 May 2025, 10:15</span><span><b>48213</b> views</span>"
                              "</div><div>" +
                              text() + "</div></div>");
  EXPECT_EQ(record.view_count, 48213);
  EXPECT_EQ(texts_of(record), all);
}

TEST(Designs, NameBesideAButtonToFollowIsTheWriters) {
  const auto record = extract(
      "<div>" + h1 +
      "<div><a href=\"/jane\"><img src=\"/j.jpg\" width=40></a><div><a href=\"/jane\">Jane "
      "Rowe</a><span>·</span><button>Follow</button></div></div>"
      "<div><span>5 min read</span><span>·</span><span>May 4, 2025, 10:15</span></div><div>" +
      text() + "</div></div>");
  EXPECT_EQ(record.author, Texts{"Jane Rowe"});
}

TEST(Designs, WritersAreIntroducedBehindTheText) {
  for (
      const auto* box :
      {"<div><img src=\"/a.jpg\" width=90 height=90><b>Jane Rowe</b><p>has been with the paper "
       "since 2015.</p></div><div><img src=\"/b.jpg\" width=90 height=90><b>Ann Weir</b><p>grew up "
       "at the quarry.</p></div>",
       "<ul><li><h4>Jane Rowe</h4><span>has been with the paper since 2015.</span></li><li><h4>Ann "
       "Weir</h4><span>grew up at the quarry.</span></li></ul>",
       "<table><tr><td><b>Jane Rowe</b><br>has been with the paper since 2015.</td></tr></table>"
       "<table><tr><td><b>Ann Weir</b><br>grew up at the quarry.</td></tr></table>"})
    EXPECT_EQ(extract("<div>" + h1 + "<div>4 May 2025, 10:15</div><div>" + text() +
                      "</div><div><h5>About the author</h5>" + box + "</div></div>")
                  .author,
              (Texts{"Jane Rowe", "Ann Weir"}))
        << box;
}

TEST(Designs, PictureOfAHeadlineAmongTheParagraphsIsATeasers) {
  const auto record =
      extract(h1 + "<div>" + p(all[0]) + p(all[1]) +
              "<div><a href=\"/parish/mill.html\"><img src=\"/mill.jpg\"></a><h4><a "
              "href=\"/parish/mill.html\">The mill grinds its first flour</a></h4></div>" +
              p(all[2]) + p(all[3]) + "</div>");
  EXPECT_TRUE(record.image.empty());
}

TEST(Designs, RowsThatALabelOpensAreFacts) {
  const auto record = extract(h1 +
                              "<div><table><tr><td>Filed:</td><td>4 May 2025, "
                              "10:15</td></tr><tr><td>Place:</td><td>the old "
                              "quarry</td></tr></table>" +
                              text() + "</div>");
  EXPECT_EQ(texts_of(record), all);
}

TEST(Designs, CellWithTheHeadlineSetsOutThePage) {
  const auto record = extract(
      "<table><tr><td>" + h1 + "<div>" + p(all[0]) + p(all[1]) +
      "<div><h4><a href=\"/parish/mill.html\">The mill grinds its first flour</a></h4></div>" +
      p(all[2]) + p(all[3]) + "</div></td><td><a href=\"/a\">Weather</a></td></tr></table>");
  EXPECT_EQ(texts_of(record), all);
}

TEST(Designs, NameBesideAPortraitIsTheWriters) {
  const auto record = extract("<div>" + h1 +
                              "<div><div><img src=\"/j.jpg\" width=40 height=40></div><div><a "
                              "href=\"/jane\">Jane Rowe</a></div></div>"
                              "<div>May 4, 2025, 10:15</div><div>" +
                              text() + "</div></div>");
  EXPECT_EQ(record.author, Texts{"Jane Rowe"});
}

TEST(Designs, NumberOfAPictureIsNoText) {
  std::string body;
  for (int n = 0; n < 4; ++n)
    body += "<div><div>" + std::to_string(n + 1) + " / 4</div><div>" +
            all[static_cast<std::size_t>(n)] + "</div></div>";
  EXPECT_EQ(texts_of(extract(h1 + "<div>" + body + "</div>")), all);
}

TEST(Designs, PressedOfferIsNoText) {
  const auto record =
      extract(h1 + "<div>" + p(all[0]) + p(all[1]) +
              "<div><h2>Letters from the parish</h2><p>Quarry Post</p><button>OK</button></div>" +
              p(all[2]) + p(all[3]) + "</div>");
  EXPECT_EQ(texts_of(record), all);
}

TEST(Designs, DateUnderAPictureIsNoCaption) {
  const auto record =
      extract("<div>" + h1 +
              "<div class=\"hero\"><img src=\"/hero.jpg\"></div><div class=\"stamp\">May 4, 2025, "
              "10:15 · 48213 views</div><div class=\"words\">" +
              text() + "</div></div>");
  EXPECT_EQ(captions_of(record), Texts{""});
}

TEST(Designs, PictureThatOpensLargerIsTheArticles) {
  const auto record = extract("<div>" + h1 +
                              "<div><span><a href=\"/media/48213_XL.jpg\"><img "
                              "src=\"/s.jpg\"></a></span><span>The shore on its first "
                              "morning, with the steps.</span></div><div class=\"full\">" +
                              text() + text() + "</div></div>");
  EXPECT_EQ(captions_of(record), Texts{"The shore on its first morning, with the steps."});
  EXPECT_NE(record.description, "The shore on its first morning, with the steps.");
}

TEST(Designs, LeadInBoldMayStandBeforeAPicture) {
  const auto record =
      extract(h1 + "<div><p><strong>" + all[0] +
              "</strong></p><p style=\"text-align:center\"><img src=\"/a.jpg\"></p><p "
              "style=\"text-align:center\"><em>The shore on its first morning</em></p>" +
              p(all[1]) + p(all[2]) + p(all[3]) + "</div>");
  EXPECT_EQ(record.description, all[0]);
}

}  // namespace
}  // namespace tinwatch::parsers
