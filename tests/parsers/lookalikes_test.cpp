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
    entries += std::string("<p><a href=\"/harbour/") + (one + 4) + ".html\"><b>" + one +
               " is on the move</b></a><br>" + told(one) + "</p>";
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
               "</a></dt><dd>" + told(one) + "</dd>";
  const auto record = extract(h1 + "<div>" + p(all[0]) + "<dl>" + entries + "</dl>" + p(all[1]) +
                              p(all[2]) + p(all[3]) + "</div>");
  EXPECT_TRUE(holds(record, "The year of the second boat has been"));
}

}  // namespace
}  // namespace tinwatch::parsers
