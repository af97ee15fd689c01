#include "monitor/same_article.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

using namespace std::chrono_literals;

/// An article of so many sentences, each with a number of its own that counts from `first`.
ArticleRecord article(int sentences, int first = 0) {
  ArticleRecord out;
  out.headline = "Giá cà phê hôm nay";
  for (int i = 0; i < sentences; ++i)
    out.body.push_back({.text = "Thương lái ở chợ huyện mua vào " + std::to_string(first + i) +
                                " tạ, người trồng còn chờ giá lên rồi mới bán hết kho."});
  return out;
}

TEST(IsSameArticle, WithoutABondTheTextHasToBeTheSameWordByWord) {
  const auto known = article(12);
  EXPECT_TRUE(is_same_article(known, article(12), Bond::none));
  EXPECT_FALSE(is_same_article(known, article(12, 1), Bond::none)) << "tomorrow's prices";
  auto renamed = known;
  renamed.headline = "Giá cà phê hôm qua";
  EXPECT_FALSE(is_same_article(known, renamed, Bond::none));
  EXPECT_FALSE(is_same_article(article(1), article(1), Bond::none)) << "too short to tell";
}

TEST(IsSameArticle, WithoutABondTheDateHasToBeTheSame) {
  auto known = article(12);
  auto shown = article(12);
  known.date_published = PrintedDate{.time = {.at = Instant{} + 1000h}};
  EXPECT_TRUE(is_same_article(known, shown, Bond::none)) << "one of them prints none";
  shown.date_published = PrintedDate{.time = {.at = Instant{} + 1024h}};
  EXPECT_FALSE(is_same_article(known, shown, Bond::none));
  EXPECT_TRUE(is_same_article(known, shown, Bond::carried));
}

TEST(IsSameArticle, WhatTheAddressCarriesForgivesAnEdit) {
  const auto known = article(20);
  auto edited = article(20);
  edited.body[3].text = "Đoạn này được viết lại sau khi bài dời sang địa chỉ mới của tờ báo.";
  EXPECT_FALSE(is_same_article(known, edited, Bond::none));
  EXPECT_TRUE(is_same_article(known, edited, Bond::carried));
  EXPECT_FALSE(is_same_article(known, article(20, 500), Bond::carried)) << "another text";
  EXPECT_TRUE(is_same_article(article(1), article(1), Bond::carried));
  EXPECT_FALSE(is_same_article(article(1), article(1, 5), Bond::carried));
  ArticleRecord nameless;
  EXPECT_FALSE(is_same_article(nameless, nameless, Bond::carried));
}

}  // namespace
}  // namespace tinwatch::monitor
