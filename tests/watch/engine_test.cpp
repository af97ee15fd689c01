#include "simple_match.hpp"
#include "watch/watch_set.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tinwatch::watch {
namespace {

/// A number below n, by turns of one generator.
simple::Inventor inventor(std::mt19937& random) {
  return simple::Inventor([&random](std::size_t n) { return random() % n; });
}

TEST(Engine, SaysWhatTheSimpleMatcherSays) {
  std::mt19937 random(20261129);
  auto invent = inventor(random);
  std::size_t matched = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<Watch> watches;
    for (int i = 0; i < 12; ++i) {
      const auto mode = static_cast<Mode>(random() % 4);
      const auto text = invent.query();
      auto query = Query::parse(text, {.mode = mode});
      ASSERT_TRUE(query) << text << ": " << query.error().text();
      watches.push_back({text, std::make_shared<const Query>(std::move(*query))});
    }
    const auto set = WatchSet::compile(watches);
    const auto lead = invent.text();
    const auto text = random() % 2 == 0 ? lead + "\n\n" + invent.text() : invent.text();
    const ArticleText article({{"headline", invent.text()}, {"description", lead}, {"body", text}});
    const simple::Matcher matcher(article);
    WorkBudget budget;
    std::vector<std::size_t> found;
    for (const auto& one : set->compare(nullptr, article, {}, budget)) found.push_back(one.watch);
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < watches.size(); ++i)
      if (matcher.matches(*watches[i].query).value_or(false)) wanted.push_back(i);
    for (std::size_t i = 0; i < watches.size(); ++i)
      EXPECT_EQ(std::count(found.begin(), found.end(), i),
                std::count(wanted.begin(), wanted.end(), i))
          << watches[i].name << " in " << article.field(0) << " | " << lead << " | " << text;
    matched += wanted.size();
  }
  EXPECT_GT(matched, 500U) << "the texts are too far from the queries";
}

TEST(Engine, FindsAWatchAmongManyThousands) {
  std::vector<Watch> watches;
  for (int i = 0; i < 20'000; ++i) {
    const auto phrase = "từ" + std::to_string(i % 150) + " của" + std::to_string(i / 150);
    watches.push_back(
        {phrase, std::make_shared<const Query>(Query::parse('"' + phrase + '"').value())});
  }
  const auto set = WatchSet::compile(std::move(watches));
  WorkBudget budget;
  const auto found = set->compare(
      nullptr, ArticleText(std::vector<EditorialField>{{"body", "Có từ7 của90, từ8 và của91."}}),
      {}, budget);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(set->watches()[found[0].watch].name, "từ7 của90");
  ASSERT_EQ(found[0].hit.hits.size(), 1U);
  EXPECT_EQ(found[0].hit.hits[0].offset, 3U);
}

TEST(Engine, AsksOnlyWatchesWhoseWordsAreThere) {
  std::vector<Watch> watches;
  for (const auto* text : {"lũ AND bão", "NOT lũ", "/l./", "lũ OR NOT bão", "count(lũ) < 3",
                           "count(lũ) >= 1", "event:revised", "event:revised lũ"})
    watches.push_back({text, std::make_shared<const Query>(Query::parse(text).value())});
  const auto set = WatchSet::compile(watches);
  std::vector<bool> always;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    always.push_back(set->is_always_asked(i));
    EXPECT_EQ(watches[i].query->is_always_asked(), set->is_always_asked(i));
  }
  EXPECT_EQ(always, (std::vector<bool>{false, true, true, true, true, false, true, false}));
}

}  // namespace
}  // namespace tinwatch::watch
