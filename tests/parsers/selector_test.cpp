#include "html/selector.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

constexpr auto page =
    R"(<body><div id="a" class="x y"><p class="lead">1</p><p>2</p><ul><li>3</li><li data-role="Tin-Lien">4</li></ul></div>
<section class="x"><p>5</p><custom-box><p title="q">6</p></custom-box></section></body>)";

/// The texts of what `selector` chooses, joined; the error where it is none.
std::string chosen(const char* selector) {
  const HtmlTree tree(page);
  const Dom dom(tree);
  const auto parsed = Selector::parse(selector);
  if (!parsed) return parsed.error();
  std::string out;
  for (const auto at : parsed->select(dom)) out += dom.text(at) + ",";
  return out;
}

TEST(Selector, ChoosesByNameClassIdAndAttribute) {
  EXPECT_EQ(chosen("p"), "1,2,5,6,");
  EXPECT_EQ(chosen("P.lead"), "1,");
  EXPECT_EQ(chosen("#a.x.y > p"), "1,2,");
  EXPECT_EQ(chosen("[data-role]"), "4,");
  EXPECT_EQ(chosen("[data-role='Tin-Lien']"), "4,");
  EXPECT_EQ(chosen("[data-role|=Tin]"), "4,");
  EXPECT_EQ(chosen("[data-role^=Tin],[title$=q],[title*=\"z\"]"), "4,6,");
  EXPECT_EQ(chosen("[class~=y] li"), "3,4,");
  EXPECT_EQ(chosen("custom-box p"), "6,");
  EXPECT_EQ(chosen("li:not([data-role])"), "3,");
}

TEST(Selector, FollowsCombinators) {
  EXPECT_EQ(chosen(".x p"), "1,2,5,6,");
  EXPECT_EQ(chosen(".x > p"), "1,2,5,");
  EXPECT_EQ(chosen("p + p"), "2,");
  EXPECT_EQ(chosen("p ~ ul li:last-child"), "4,");
  EXPECT_EQ(chosen("li:first-child, section p"), "3,5,6,");
  EXPECT_EQ(chosen("div section p"), "");
  // The nearest <p> before is not the one with the class: a greedy matcher would miss this.
  EXPECT_EQ(chosen("p.lead ~ p ~ ul"), "3 4,");
}

TEST(Selector, SaysWhereItIsWrong) {
  EXPECT_EQ(chosen(""), "unexpected end at character 1");
  EXPECT_EQ(chosen("p >"), "unexpected end at character 4");
  EXPECT_EQ(chosen("p[a"), "unexpected end at character 4");
  EXPECT_EQ(chosen("a:hover"), "unknown pseudo-class ':hover' at character 2");
  EXPECT_EQ(chosen("p,,b"), "unexpected ',' at character 3");
  EXPECT_EQ(chosen("p{}"), "unexpected '{' at character 2");
}

}  // namespace
}  // namespace tinwatch::parsers
