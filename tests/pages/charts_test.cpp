#include "charts.hpp"

#include "page_files.hpp"
#include "words.hpp"

#include <gtest/gtest.h>

namespace tinwatch::pages {
namespace {

std::string drawn(const View& view, const std::string& partial) {
  View root;
  root.set("t", words_view(Language::en));
  root.set("it", view);
  root.set(partial,
           kainjow::mustache::partial([partial] { return std::string(page_template(partial)); }));
  kainjow::mustache::mustache parsed{"{{#it}}{{> " + partial + "}}{{/it}}"};
  return parsed.render(root);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
    ++times;
  return times;
}

TEST(Charts, BarsAreAsHighAsTheirShareOfTheHighest) {
  const auto svg = drawn(sparkline({0, 5, 10}, "hits a day"), "sparkline");
  EXPECT_NE(svg.find("viewBox=\"0 0 30 100\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("d=\"M11 100v-50h8v50zM21 100v-100h8v100z\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("aria-label=\"hits a day: 0 5 10\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("role=\"img\""), std::string::npos);
}

TEST(Charts, OneBesideAMillionIsSeen) {
  const auto svg = drawn(sparkline({1, 1'000'000}, "x"), "sparkline");
  EXPECT_NE(svg.find("M1 100v-3h8v3z"), std::string::npos) << svg;
}

TEST(Charts, NothingIsDrawnOfNothing) {
  EXPECT_EQ(drawn(sparkline({}, "x"), "sparkline"), "");
  const auto svg = drawn(sparkline({0, 0}, "x"), "sparkline");
  EXPECT_NE(svg.find("d=\"\""), std::string::npos) << "a line without bars: " << svg;
}

TEST(Charts, StandBesideATableOfTheSame) {
  const auto html = drawn(chart_view({.heading = "A <day>",
                                      .axis = "Day",
                                      .places = {"Mon", "Tue"},
                                      .series = {{"Articles", {3, 4}}, {"Edits", {0, 1}}}}),
                          "chart");
  EXPECT_EQ(count(html, "<svg"), 2U);
  EXPECT_NE(html.find("Articles: 7 in all, at most 4"), std::string::npos) << html;
  EXPECT_NE(html.find("Edits: 1 in all, at most 1"), std::string::npos);
  EXPECT_NE(html.find("<tr><th scope=\"row\">Tue</th><td>4</td><td>1</td></tr>"), std::string::npos)
      << html;
  EXPECT_NE(html.find("<span>Mon</span> <span>Tue</span>"), std::string::npos);
  EXPECT_EQ(html.find("<day>"), std::string::npos);
}

}  // namespace
}  // namespace tinwatch::pages
