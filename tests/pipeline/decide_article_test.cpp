#include "decide_article.hpp"

#include "parsers/article.hpp"

#include <gtest/gtest.h>

namespace tinwatch::pipeline {
namespace {

using namespace std::chrono_literals;

TEST(DecideSighting, WhatWasMissingIsToldToBeBackAtAnAddressThatTakesItsPlaceToo) {
  const Instant now = Instant{} + 1000h;
  const auto site = parsers::Site::generic(TimeZone::fixed(7h));
  Plan plan;
  plan.sources.emplace("bao", SourcePlan{.name = "bao", .site = site});
  // Known by an address that its page declares and that never showed it.
  storage::StoredArticle stored{
      .row = ArticleRow(1),
      .id = "a",
      .standing = {.canonical_url = "http://a.test/declared",
                   .absence = {.status = ArticleStatus::missing, .checks = 2, .since = now - 1h}},
      .event_sequence = 2,
      .head = {.revision = 1,
               .extractor = std::string(parsers::extractor_version),
               .profile_hash = site->profile().hash},
      .addresses = {.canonical_shown = false}};
  Sighting sighting{.now = now, .address = "http://a.test/shown"};
  sighting.item.source = "bao";
  sighting.item.url = sighting.address;
  sighting.record.headline = "H";
  sighting.before = sighting.record;
  const auto types = [&] {
    std::vector<std::string> out;
    WorkBudget budget;
    for (const auto& event : decide_sighting(plan, sighting, stored, budget).commit.events)
      out.push_back(event.type);
    return out;
  };
  EXPECT_EQ(types(), std::vector<std::string>{"tinwatch.article.returned"});
  stored.standing.absence.status = ArticleStatus::live;
  EXPECT_EQ(types(), std::vector<std::string>{}) << "nobody was told that it was gone";
}

}  // namespace
}  // namespace tinwatch::pipeline
