#include "support/growth.hpp"

#include "watch/watch_set.hpp"

#include <gtest/gtest.h>

namespace tinwatch::watch {
namespace {

ReadArticle article(std::string text) {
  return ReadArticle({.headline = "H", .body = {{BlockType::paragraph, std::move(text)}}});
}

std::vector<WatchSet::Found> compare(const Query& query, const ReadArticle* before,
                                     const ReadArticle& after, WorkBudget budget = WorkBudget()) {
  const auto set = WatchSet::compile({{"w", std::make_shared<const Query>(query)}});
  const ArticleText now(after.record, after.state);
  if (!before) return set->compare(nullptr, now, {}, budget);
  const ArticleText then(before->record, before->state);
  return set->compare(&then, now, {.event = "revised"}, budget);
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
        const Watch watch{"w", std::make_shared<const Query>(
                                   Query::parse(terms(20), {.mode = Mode::fold}).value())};
        const auto set = WatchSet::compile(std::vector<Watch>(input.first, watch));
        const ArticleText text(input.second.record, input.second.state);
        EXPECT_TRUE(set->compare(nullptr, text, {}, budget).empty());
      }));
}

TEST(Growth, OfAPhraseThatNearlyMatchesEverywhereIsLinearInTheText) {
  const auto query = Query::parse('"' + repeat("a ", 20) + "b\"", {.mode = Mode::exact}).value();
  EXPECT_TRUE(test::grows_linearly(
      2'000, [](std::size_t n) { return article(repeat("a ", n)); },
      [&](const ReadArticle& text) { EXPECT_TRUE(compare(query, nullptr, text).empty()); }));
}

TEST(Growth, OfHitsInASentenceWithoutAnEndIsLinear) {
  const auto query = Query::parse("lũ").value();
  EXPECT_TRUE(test::grows_linearly(
      5'000,
      [](std::size_t n) {
        return std::pair(article(repeat("lũ lớn ", n)), article(repeat("lũ lớn ", n) + "hơn"));
      },
      [&](const auto& texts) { EXPECT_TRUE(compare(query, &texts.first, texts.second).empty()); }));
}

TEST(Growth, OfNearIsLinearInTheText) {
  const auto query = Query::parse("(a OR b) NEAR/5 (c OR a)").value();
  EXPECT_TRUE(test::grows_linearly(
      5'000, [](std::size_t n) { return article(repeat("a ", n)); },
      [&](const ReadArticle& text) { EXPECT_FALSE(compare(query, nullptr, text).empty()); }));
}

TEST(Growth, OfRegularExpressionsOnAnEditIsLinear) {
  const auto query = Query::parse("removed:/(x+)+y/ OR added:/lũ/").value();
  EXPECT_TRUE(test::grows_linearly(
      5'000,
      [](std::size_t n) {
        return std::pair(article(repeat("lũ xx ", n)), article(repeat("lũ xx ", n) + "hơn"));
      },
      [&](const auto& texts) { EXPECT_TRUE(compare(query, &texts.first, texts.second).empty()); }));
}

TEST(Growth, OfAQueryIsLinear) {
  // Sixteen times as many are just under the 16 KiB that a query may have: so each is read often.
  EXPECT_TRUE(test::grows_linearly(
      500, [](std::size_t n) { return std::string(n, '(') + 'a' + std::string(n, ')'); },
      [](const std::string& text) {
        for (int i = 0; i < 100; ++i) EXPECT_TRUE(Query::parse(text));
      }));
}

TEST(Query, OfMoreThan16KiBOr200TermsIsRefused) {
  EXPECT_TRUE(Query::parse(terms(200)));
  EXPECT_EQ(Query::parse(terms(201)).error().message.substr(0, 19), "more than 200 terms");
  EXPECT_EQ(Query::parse(std::string(16'385, '(')).error().message, "a query of more than 16 KiB");
  EXPECT_FALSE(Query::parse(std::string(16'000, '('))) << "and no depth hurts";
}

TEST(Budget, EndsTheMatchingOfTooManyTerms) {
  const auto query = Query::parse('"' + repeat("a ", 99) + "b\"").value();
  const auto text = article(repeat("a ", 2'000));
  int looks = 0;
  EXPECT_THROW(
      static_cast<void>(compare(query, nullptr, text,
                                WorkBudget(std::chrono::nanoseconds(3),
                                           [&] { return std::chrono::nanoseconds(looks++); }))),
      OverBudget);
}

TEST(Query, RefusesAPhraseThatIsAText) {
  EXPECT_EQ(Query::parse("bão \"" + repeat("a ", 101) + '"').error().text(),
            "line 1, column 5: a phrase of more than 100 words");
}

}  // namespace
}  // namespace tinwatch::watch
