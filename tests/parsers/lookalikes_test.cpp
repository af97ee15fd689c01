#include "parsers/article.hpp"

#include <gtest/gtest.h>

#include <algorithm>

/// Text of an article that is marked up like furniture: chapters, tables, entries of a live page.
/// Each test is the counterpart of one of designs_test.cpp.
namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

using Texts = std::vector<std::string>;

const std::string title = "Ferry line across the bay returns";
const Texts all = {
    "The ferry across the bay will sail again from June, nine years after the last of the boats "
    "was sold.",
    "Two boats built for ninety passengers each are to cross every forty minutes between dawn and "
    "dusk.",
    "The harbour office has had the old landing stage raised by half a metre, since the tides run "
    "higher than they did.",
    "Bicycles travel free of charge, and whoever holds a ticket of the buses pays nothing either."};

std::string p(const std::string& text) { return "<p>" + text + "</p>"; }
std::string text() { return p(all[0]) + p(all[1]) + p(all[2]) + p(all[3]); }
const std::string h1 = "<h1>" + title + "</h1>";

ArticleRecord extract(const std::string& body, const std::string& head = {},
                      const std::string& lang = "en") {
  auto record = extract_article(
      {.url = "https://bay.test/harbour/ferry-line-returns-71934.html",
       .html = "<html lang=\"" + lang + "\"><head><title>" + title + " | Bay Courier</title>" +
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

bool holds(const ArticleRecord& record, const std::string& wanted) {
  const auto texts = texts_of(record);
  return std::any_of(texts.begin(), texts.end(),
                     [&](const auto& one) { return one.find(wanted) != std::string::npos; });
}

TEST(Lookalikes, ChaptersInBoxesOfOneClassAreText) {
  std::string chapter;
  for (const auto* who : {"One yard", "A second yard", "A third yard", "The last of them"})
    chapter += p(std::string(who) +
                 " broke them up within the same winter, and nobody in town had "
                 "been told of it before the spring.");
  std::string long_text = text();
  for (const auto* when : {"In May", "In June", "In July", "In August"})
    long_text += p(std::string(when) +
                   " of last year the council had still been of two minds, "
                   "since the boats cost more than the bridge would have.");
  const auto record =
      extract("<section class=\"part\"><h1 class=\"t\">" + title + "</h1>" + long_text +
              "</section><section class=\"part\"><h1 class=\"t\">How the old "
              "boats were lost</h1>" +
              chapter + "</section>");
  EXPECT_TRUE(holds(record, "broke them up within the same winter"));
}

TEST(Lookalikes, EntriesOfALivePageAreText) {
  for (const auto* href : {"?post=33", "/harbour/ferry-line-returns-71934.html?post=33",
                           "javascript:void(0)", "/harbour/ferry-line-returns-71934.html#part"}) {
    const auto record =
        extract("<div><h1 class=\"t\">" + title + "</h1>" + text() +
                "<div class=\"entry\"><h2 class=\"t\"><a href=\"" + href +
                "\">First boat has left the yard</a></h2>" +
                p("It was towed past the lighthouse at nine, with half of the town on the pier and "
                  "the band of the fire brigade playing.") +
                "</div></div>");
    EXPECT_TRUE(holds(record, "towed past the lighthouse")) << href;
  }
}

TEST(Lookalikes, NoteInALinkedHeadingLeadsNowhere) {
  const auto record = extract(
      "<div><h1 class=\"t\">" + title + "</h1>" + text() +
      "<div class=\"entry\"><h2 class=\"t\">What the crossing costs on Sundays and on holidays <a "
      "href=\"/notes\">note</a></h2>" +
      p("It was three crowns in the year of the last crossing, and the council wants to keep it at "
        "that for those who live on the island.") +
      "</div></div>");
  EXPECT_TRUE(holds(record, "three crowns in the year"));
}

TEST(Lookalikes, RowsWhoseFirstCellIsALinkedHeadingAreData) {
  std::string rows;
  for (const auto* place : {"Landing stage at the northern pier", "Landing stage under the castle",
                            "Landing stage beside the market"})
    rows += std::string("<tr><th><a href=\"/stage/") + place + "\">" + place + "</a></th><td>" +
            "Depth of 4 metres" + "</td></tr>";
  const auto record = extract(h1 + "<div>" + text() + "<table><tbody>" + rows + "</tbody></table>" +
                              p(all[1] + ' ' + all[2]) + "</div>");
  EXPECT_TRUE(holds(record, "Landing stage under the castle"));
}

/// What an entry of a list says behind its linked head.
std::string told(const std::string& of) {
  return of +
         " has been moved to the quay behind the fish market, where the council wants to keep it "
         "until the summer is over and the stage has dried.";
}

TEST(Lookalikes, EntriesOfABriefingAreText) {
  std::string entries;
  for (const auto* one : {"The bell of the old ferry", "The clock of the harbour",
                          "The mast of the "
                          "lightship"})
    entries += std::string("<p class=\"entry\"><a href=\"/harbour/") + (one + 4) + ".html\"><b>" +
               one + " is on the move</b></a><br>" + told(one) + "</p>";
  // It begins with them, and is made of them.
  EXPECT_TRUE(holds(extract(h1 + "<div>" + p("Good morning.") + entries + p(all[0]) + p(all[1]) +
                            p(all[2]) + p(all[3]) + "</div>"),
                    told("The clock of the harbour")));
  EXPECT_TRUE(holds(extract(h1 + "<div>" + p(all[0]) + p(all[2]) + entries + "</div>"),
                    told("The clock of the harbour")));
}

TEST(Lookalikes, TermsOfATimelineKeepWhatIsToldOfThem) {
  std::string entries;
  for (const auto* one : {"The year of the first crossing", "The year of the second boat",
                          "The year of the great storm"})
    entries += std::string("<dt><a href=\"/years/") + (one + 16) + ".html\">" + one +
               "</a><br>as the harbour's log has it</dt><dd>" + told(one) + "</dd>";
  const auto record = extract(h1 + "<div>" + p(all[0]) + "<dl>" + entries + "</dl>" + p(all[1]) +
                              p(all[2]) + p(all[3]) + "</div>");
  EXPECT_TRUE(holds(record, "The year of the second boat has been"));
  EXPECT_TRUE(holds(record, "as the harbour's log has it"));
}

/// As much again, in other words.
std::string more_text() {
  std::string out;
  for (const auto* when : {"In May", "In June", "In July", "In August", "In September"})
    out += p(std::string(when) +
             " of last year the council had still been of two minds, since the "
             "boats cost more than the bridge would have.");
  return out;
}

TEST(Lookalikes, ChapterAboutTheSubjectIsText) {
  // A caption of names under its heading; more text than lives of writers have.
  const auto record =
      extract(h1 + "<div>" + text() +
              "<h3>About the ferry</h3><p class=\"c\"><b>Ana Lowe, Ben Marsh</b></p>" +
              more_text() + "</div>");
  EXPECT_TRUE(holds(record, "In September of last year"));
}

TEST(Lookalikes, VietnameseAboutTheNewsIsNoWriter) {
  const auto record =
      extract("<div>" + h1 + "<div>" + text() +
                  "</div><div><h3>Về thông tin bến phà</h3><h4>Lê Văn Mẫu</h4><p>cho biết như "
                  "vậy.</p></div></div>",
              {}, "vi");
  EXPECT_EQ(record.author, Texts());
}

TEST(Lookalikes, ReadersUnderTheLifeOfAWriterAreNone) {
  const auto record = extract("<div>" + h1 + "<div>" + text() +
                              "</div><div><h5>About the author</h5><b>Ana Lowe</b><p>keeps the "
                              "harbour's log.</p><h5>Comments</h5><b>Ben Marsh</b><p>Good "
                              "news.</p></div></div>");
  EXPECT_EQ(record.author, Texts{"Ana Lowe"});
}

TEST(Lookalikes, HostNamedLikeAWriterIsNoPersonsPage) {
  const auto record = extract("<div>" + h1 +
                              "<div><a href=\"https://bayreporter.test/\">Bay Harbour</a> <i>4 "
                              "May 2025, 10:15</i></div><div>" +
                              text() + "</div></div>");
  EXPECT_EQ(record.author, Texts());
}

TEST(Lookalikes, PortraitServesTheFirstNameBehindIt) {
  const auto record = extract("<div>" + h1 +
                              "<div><img src=\"/j.jpg\" width=40 height=40><span><a "
                              "href=\"/jane\">Jane Rowe</a></span> <span><a href=\"/bay\">Bay "
                              "Harbour</a></span></div><div>May 4, 2025, 10:15</div><div>" +
                              text() + "</div></div>");
  EXPECT_EQ(record.author, Texts{"Jane Rowe"});
}

TEST(Lookalikes, PictureAsWideAsItsBoxIsNoIcon) {
  const auto record = extract(h1 + "<div>" + p(all[0]) + p(all[1]) +
                              "<p><img src=\"/bay.jpg\" width=\"100%\" height=\"100%\"></p>" +
                              p(all[2]) + p(all[3]) + "</div>");
  ASSERT_EQ(record.image.size(), 1U);
  EXPECT_EQ(record.image.front().url, "https://bay.test/bay.jpg");
}

TEST(Lookalikes, PictureThatLeadsToItsGalleryIsTheArticles) {
  for (const auto* href : {"/harbour/ferry-line-returns-71934.html", "/gallery/71934",
                           "https://bay.test/harbour/ferry-line-returns-71934.html?view=gallery"}) {
    const auto record =
        extract(h1 + "<div>" + p(all[0]) + p(all[1]) + "<div><a href=\"" + href +
                "\"><img src=\"/bay.jpg\"></a><a href=\"" + href +
                "\">See all pictures of the bay</a></div>" + p(all[2]) + p(all[3]) + "</div>");
    EXPECT_EQ(record.image.size(), 1U) << href;
  }
}

TEST(Lookalikes, PictureOfAPageThatTheTextNamesIsTheArticles) {
  const auto record = extract(h1 + "<div>" + p(all[0]) + p(all[1]) +
                              "<p><a href=\"/bridge.html\"><img src=\"/bay.jpg\"></a></p>" +
                              "<p>Half of the town had wanted another thing, and still does: <a "
                              "href=\"/bridge.html\">a bridge over the bay</a>.</p>" +
                              p(all[2]) + p(all[3]) + "</div>");
  EXPECT_EQ(record.image.size(), 1U);
}

TEST(Lookalikes, PrintAndNextAreNoSections) {
  for (const auto* row :
       {"<a href=\"/print\">Print</a> <a href=\"/mail\">Email</a> <i>4 May 2025, 10:15</i>",
        "<a href=\"/a.html\">Previous</a> | <a href=\"/b.html\">Next</a>",
        "<a href=\"/offers\">Subscribe</a> <a href=\"/letters\">Newsletter</a>",
        "<a href=\"/pdf/71934\">As a file</a> <a href=\"/big/71934\">Large type</a>"})
    EXPECT_EQ(extract("<div>" + h1 + "<div>" + row + "</div><div>" + text() + "</div></div>")
                  .article_section,
              Texts())
        << row;
}

TEST(Lookalikes, SectionThatIsDeclaredAndPrintedGoesBeforeARowOfLinks) {
  const auto record =
      extract("<div><div><a href=\"/bay\">Bay</a></div>" + h1 +
                  "<div><a href=\"/c1\">Tides</a> <a href=\"/c2\">Weather</a></div><div>" + text() +
                  "</div></div>",
              "<meta property=\"article:section\" content=\"Bay\">");
  EXPECT_EQ(record.article_section, Texts{"Bay"});
}

TEST(Lookalikes, CaptionInItalicsUnderTheFirstPictureIsNoText) {
  const std::string caption =
      "The old landing stage in the year of the last crossing, seen from the pier of the north.";
  const auto record = extract(h1 + "<div><p><img src=\"/bay.jpg\"></p><p><em>" + caption +
                              "</em></p>" + text() + "</div>");
  EXPECT_EQ(record.image.size(), 1U);
  EXPECT_FALSE(holds(record, caption));
}

TEST(Lookalikes, FirstQuestionOfAnInterviewIsNoLead) {
  const auto question = [](const std::string& of) {
    return "<p><strong>Why did the council want " + of +
           " rather than leave things as they had been?</strong></p>";
  };
  const auto record =
      extract(h1 + "<div>" + question("the ferry") + p(all[0]) + question("the boats") + p(all[1]) +
              question("the bell") + p(all[2]) + p(all[3]) + "</div>");
  EXPECT_TRUE(record.description.empty()) << record.description;
}

TEST(Lookalikes, QuestionWithAnAnswerToOpenIsNoOffer) {
  for (const auto* box : {"<h3>What does a crossing cost on Sundays?</h3><button>More</button>"
                          "<p>Three crowns.</p>",
                          "<h3>Prices of the crossing</h3><button aria-expanded=\"false\">"
                          "More</button><p>Three crowns.</p>"}) {
    const auto record = extract(h1 + "<div>" + p(all[0]) + p(all[1]) + "<div>" + box + "</div>" +
                                p(all[2]) + p(all[3]) + "</div>");
    EXPECT_TRUE(holds(record, "Three crowns.")) << box;
  }
}

TEST(Lookalikes, PictureThatLeadsToAnotherArticleIsNoGalleryOfOne) {
  std::string body;
  for (int n = 0; n < 3; ++n) body += text();
  const auto record =
      extract(h1 + "<div>" + body +
              "<div class=\"ce-gallery\"><figure><a href=\"/parish/mill.html\"><img "
              "src=\"/mill.jpg\"></a><figcaption>The mill grinds its first flour</figcaption>"
              "</figure></div>" +
              p(all[2] + ' ' + all[1]) + "</div>");
  EXPECT_TRUE(record.image.empty());
}

}  // namespace
}  // namespace tinwatch::parsers
