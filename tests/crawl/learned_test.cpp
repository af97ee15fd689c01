#include "learned.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using parsers::LearnedTemplates;
using parsers::Link;
using parsers::UrlKind;
using storage::FoundUrl;

const std::string guide = "paper.test/guide/SLUG";

std::string address(int number) {
  constexpr const char* words[] = {"ferry", "crane", "market", "bridge", "tower", "canal"};
  return "https://paper.test/guide/" + std::string(words[number % 6]) + "-of-the-old-town" +
         std::string(static_cast<std::size_t>(number / 6), 'x');
}

Link link(int number, int points, UrlKind kind = UrlKind::other) {
  return {.url = address(number),
          .kind = kind,
          .points = points,
          .address_template = parsers::address_template(address(number))};
}

std::vector<std::string> tried(const std::vector<Link>& links, const LearnedTemplates& learned,
                               bool follows_lists = true) {
  std::vector<std::string> out;
  for (const auto* const one : links_to_try(links, learned, follows_lists)) out.push_back(one->url);
  return out;
}
using Urls = std::vector<std::string>;

TEST(Learned, NoSingleVoteSaysThatAFormShowsNoArticles) {
  EXPECT_FALSE(shows_no_articles({.articles = 0, .others = 1}));
  EXPECT_FALSE(shows_no_articles({.articles = 0, .others = 2}));
  EXPECT_TRUE(shows_no_articles({.articles = 0, .others = 3}));
  EXPECT_FALSE(shows_no_articles({.articles = 1, .others = 3}));
  EXPECT_TRUE(shows_no_articles({.articles = 2, .others = 8}));
  EXPECT_FALSE(shows_no_articles({.articles = 9, .others = 3}));
}

TEST(Learned, TheLikeliestOfAnUnknownFormAreTried) {
  const std::vector<Link> links{link(0, -3), link(1, -1), link(2, -2), link(3, -1)};
  ASSERT_EQ(links[0].address_template, guide);
  EXPECT_EQ(tried(links, {}), (Urls{address(1), address(3)}));
  EXPECT_EQ(tried({links[0], links[1]}, {}), Urls{}) << "two links of a form tell nothing of it";
  EXPECT_EQ(tried(links, {{guide, {.articles = 1}}}).size(), 2U) << "one vote is not enough";
  EXPECT_EQ(tried(links, {{guide, {.others = 2}}}), Urls{}) << "it is known";
  EXPECT_EQ(tried({link(0, -4), link(1, -5), link(2, -6)}, {}), Urls{})
      << "nothing speaks for them";
  EXPECT_EQ(tried({link(0, 0), link(1, 0), link(2, 0)}, {}), Urls{}) << "they were not weighed";
  EXPECT_EQ(tried({link(0, 2, UrlKind::article), link(1, 3, UrlKind::article),
                   link(2, -1, UrlKind::listing)},
                  {}),
            Urls{})
      << "they are followed as what they are";
  const std::vector<Link> lists{link(0, -1, UrlKind::listing), link(1, -1, UrlKind::listing),
                                link(2, -1, UrlKind::listing)};
  EXPECT_EQ(tried(lists, {}, true), Urls{});
  EXPECT_EQ(tried(lists, {}, false).size(), 2U) << "a section's page follows no lists";
}

TEST(Learned, AListTriesSoMany) {
  std::vector<Link> links;
  for (int form = 0; form < 20; ++form)
    for (int i = 0; i < 3; ++i) {
      links.push_back(link(i, -1));
      links.back().address_template += std::to_string(form);
    }
  EXPECT_EQ(tried(links, {}).size(), 6U);
}

TEST(Learned, TwoOfEachUnknownFormAreAskedBeforeTheRest) {
  const auto waits = [](const LearnedTemplates& learned) {
    std::vector<FoundUrl> found;
    for (int i = 0; i < 4; ++i) found.push_back({address(i), "paper.test"});
    found.push_back({"https://paper.test/2026/11/28/a-ferry-sinks-at-the-pier", "paper.test"});
    found.push_back({.url = address(5), .host = "paper.test", .is_sure = true});
    put_in_order(found, learned);
    std::vector<int> out;
    for (const auto& one : found) out.push_back(one.wait > 0s ? 1 : 0);
    return out;
  };
  EXPECT_EQ(waits({}), (std::vector<int>{0, 0, 1, 1, 0, 0}));
  EXPECT_EQ(waits({{guide, {.articles = 5}}}), (std::vector<int>{0, 0, 0, 0, 0, 0}));
}

TEST(Learned, WhatNeverWasAnArticleComesLast) {
  std::vector<FoundUrl> found{{address(0), "paper.test"},
                              {.url = address(1), .host = "paper.test", .is_sure = true}};
  put_in_order(found, {{guide, {.articles = 1, .others = 9}}});
  EXPECT_EQ(found[0].hope, FoundUrl::Hope::little);
  EXPECT_EQ(found[1].hope, FoundUrl::Hope::usual) << "a feed names it";
  EXPECT_TRUE(found[0].names_article()) << "it is still what the list names";
}

}  // namespace
}  // namespace tinwatch::crawl
