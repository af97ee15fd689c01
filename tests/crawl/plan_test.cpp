#include "crawl/plan.hpp"

#include <gtest/gtest.h>

namespace tinwatch::crawl {
namespace {

using Receivers = std::vector<std::string>;

TEST(Routed, EveryRouteThatFitsCountsAndAReceiverOnce) {
  Plan plan;
  plan.routes = {{"tinwatch.article.*", {"desk", "archive"}},
                 {"tinwatch.article.removed", {"lawyer", "desk"}},
                 {"tinwatch.source.*", {"operator"}}};
  EXPECT_EQ(plan.routed("tinwatch.article.removed"), (Receivers{"desk", "archive", "lawyer"}));
  EXPECT_EQ(plan.routed("tinwatch.article.revised"), (Receivers{"desk", "archive"}));
  EXPECT_EQ(plan.routed("tinwatch.source.silent"), Receivers{"operator"});
  EXPECT_EQ(plan.routed("tinwatch.story.edited"), Receivers{});
  EXPECT_EQ(Plan{}.routed("tinwatch.article.removed"), Receivers{}) << "there are no routes";
}

TEST(Routed, AStarIsAnyRunOfCharactersAndNothingElseIsSpecial) {
  struct Row {
    const char* pattern;
    const char* type;
    bool fits;
  };
  const Row rows[] = {
      {"*", "tinwatch.article.removed", true},
      {"*", "", true},
      {"", "tinwatch.article.removed", false},
      {"tinwatch.article.removed", "tinwatch.article.removed", true},
      {"tinwatch.article.removed", "tinwatch.article.removed.", false},
      {"tinwatch.article.remove", "tinwatch.article.removed", false},
      {"article.removed", "tinwatch.article.removed", false},
      {"tinwatch.*", "tinwatch.article.removed", true},
      {"tinwatch.*", "tinwatch.", true},
      {"tinwatch.*", "tinwatch", false},
      {"*.removed", "tinwatch.article.removed", true},
      {"*.removed", "tinwatch.article.removed.twice", false},
      {"*.removed", "removed", false},
      {"tinwatch.*.removed", "tinwatch.article.removed", true},
      {"tinwatch.*.removed", "tinwatch.removed", false},
      {"*.article.*", "tinwatch.article.moved", true},
      {"*.article.*", "tinwatch.articles.moved", false},
      {"*a*b", "xaxb", true},
      {"*a*b", "xbxa", false},
      {"a*a", "a", false},
      {"a**a", "aa", true},
      {"tinwatch.article.?", "tinwatch.article.x", false},
      {"tinwatch.article.", "tinwatchXarticle.", false},
  };
  for (const auto& row : rows) {
    Plan plan;
    plan.routes = {{row.pattern, {"desk"}}};
    EXPECT_EQ(!plan.routed(row.type).empty(), row.fits) << row.pattern << " and " << row.type;
  }
}

}  // namespace
}  // namespace tinwatch::crawl
