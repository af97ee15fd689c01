#include "support/growth.hpp"

#include "watch/watch_set.hpp"

#include <gtest/gtest.h>

namespace tinwatch::watch {
namespace {

EditorialState article(std::string text) {
  return EditorialState({.headline = "H", .body = {{BlockType::paragraph, std::move(text)}}});
}

std::string repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// A query of so many terms that are not there.
std::string terms(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += (i > 0 ? " OR w" : "w") + std::to_string(i);
  return out;
}

TEST(Growth, OfManyWatchesOnALongArticleIsTheirNumberOrItsLength) {
  // Four times as many watches on a text four times as long: reading it once for each would grow by
  // sixteen.
  EXPECT_TRUE(test::grows_linearly(
      10, [](std::size_t n) { return std::pair(n, article(repeat("lũ lớn ", 1000 * n))); },
      [](const auto& input) {
        WorkBudget budget;
        const Watch watch{
            "w", std::make_shared<const Query>(Query::parse(terms(20), Mode::fold).value())};
        const auto set = WatchSet::compile(std::vector<Watch>(input.first, watch));
        EXPECT_TRUE(set->compare(nullptr, input.second, budget).empty());
      }));
}

TEST(Growth, OfAPhraseThatNearlyMatchesEverywhereIsLinearInTheText) {
  const auto query = Query::parse('"' + repeat("a ", 20) + "b\"", Mode::exact).value();
  EXPECT_TRUE(test::grows_linearly(
      2'000, [](std::size_t n) { return article(repeat("a ", n)); },
      [&](const EditorialState& text) {
        WorkBudget budget;
        EXPECT_FALSE(Comparison(nullptr, text).find(query, budget));
      }));
}

TEST(Growth, OfHitsInASentenceWithoutAnEndIsLinear) {
  const auto query = Query::parse("lũ", Mode::tone).value();
  EXPECT_TRUE(test::grows_linearly(
      5'000,
      [](std::size_t n) {
        return std::pair(article(repeat("lũ lớn ", n)), article(repeat("lũ lớn ", n) + "hơn"));
      },
      [&](const auto& texts) {
        WorkBudget budget;
        EXPECT_FALSE(Comparison(&texts.first, texts.second).find(query, budget));
      }));
}

TEST(Growth, OfNestingIsLinear) {
  EXPECT_TRUE(test::grows_linearly(
      50'000, [](std::size_t n) { return std::string(n, '(') + 'a' + std::string(n, ')'); },
      [](const std::string& text) { EXPECT_TRUE(Query::parse(text, Mode::tone)); }));
}

TEST(Budget, EndsTheMatchingOfTooManyTerms) {
  const auto query = Query::parse('"' + repeat("a ", 99) + "b\"", Mode::tone).value();
  const auto text = article(repeat("a ", 2'000));
  int looks = 0;
  WorkBudget budget(std::chrono::nanoseconds(3), [&] { return std::chrono::nanoseconds(looks++); });
  EXPECT_THROW(static_cast<void>(Comparison(nullptr, text).find(query, budget)), OverBudget);
}

TEST(Query, RefusesAPhraseThatIsAText) {
  EXPECT_EQ(Query::parse("bão \"" + repeat("a ", 101) + '"', Mode::tone).error(),
            "a phrase of more than 100 words at byte 6");
}

}  // namespace
}  // namespace tinwatch::watch
