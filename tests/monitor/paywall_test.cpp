#include "monitor/paywall.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

ArticleRecord record(int from, int paragraphs) {
  ArticleRecord out;
  out.headline = "A bridge opens";
  for (int i = from; i < from + paragraphs; ++i) {
    std::string text;
    for (int k = 0; k < 20; ++k) text += "w" + std::to_string(i * 20 + k) + ' ';
    out.body.push_back({BlockType::paragraph, text});
  }
  return out;
}

TEST(Paywall, ATeaserIsTheBeginningAndMuchLess) {
  EXPECT_TRUE(is_teaser(record(0, 10), record(0, 2)));
  EXPECT_TRUE(is_teaser(record(0, 10), record(0, 0))) << "nothing of it";
  EXPECT_FALSE(is_teaser(record(0, 10), record(0, 7))) << "most of it: an edit";
  EXPECT_FALSE(is_teaser(record(0, 10), record(5, 2))) << "not its beginning";
  EXPECT_FALSE(is_teaser(record(0, 1), record(0, 0))) << "a text too short to be hidden";
  auto offer = record(0, 2);
  offer.body.push_back({BlockType::paragraph, "Read on for two euro a month"});
  EXPECT_TRUE(is_teaser(record(0, 10), offer));
  auto other = record(0, 1);
  for (int i = 0; i < 3; ++i) other.body.push_back(record(50 + i, 1).body[0]);
  EXPECT_FALSE(is_teaser(record(0, 10), other)) << "another text behind it";
}

TEST(Paywall, WhatIsHiddenStaysKnown) {
  auto shown = record(0, 2);
  shown.headline = "A bridge closes";
  const auto known = record(0, 10);
  const auto mended = with_known_text(shown, known);
  EXPECT_EQ(mended.article_body(), known.article_body());
  EXPECT_EQ(mended.headline, "A bridge closes");
  EXPECT_EQ(mended.is_accessible_for_free, false);
}

TEST(Paywall, IsNamedByMarkup) {
  EXPECT_TRUE(names_paywall(R"(<div class="c-PayWall">)"));
  EXPECT_FALSE(names_paywall(R"(<div class="pay">wall)"));
}

}  // namespace
}  // namespace tinwatch::monitor
