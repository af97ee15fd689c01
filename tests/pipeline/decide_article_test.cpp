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

/// What a new article's watches say: `NAME RECEIVER...`, and how many hits are counted.
std::pair<std::vector<std::string>, std::vector<std::string>> hits(Discovery discovery) {
  const auto watch = [](const std::string& name, const std::string& query) {
    return watch::Watch{name, std::make_shared<const watch::Query>(
                                  watch::Query::parse(query, watch::Mode::tone).value())};
  };
  Plan plan;
  plan.sources.emplace(
      "bao", SourcePlan{.name = "bao", .site = parsers::Site::generic(TimeZone::fixed(7h))});
  plan.watch_set = watch::WatchSet::compile(
      {watch("dry", "hạn"), watch("flood", "lũ"), watch("old", "lũ"), watch("far", "nước")});
  plan.watches = {{.receivers = {"nobody"}},
                  {.receivers = {"desk", "night"}, .metrics = true},
                  {.receivers = {"archive"}, .include_baseline = true},
                  {.team = "far-team", .receivers = {"archive"}, .include_backfill = true}};
  Sighting sighting{.now = Instant{} + 1000h, .address = "http://a.test/1"};
  sighting.item.source = "bao";
  sighting.item.discovery = discovery;
  sighting.record.headline = "Nước lũ";
  WorkBudget budget;
  const auto decision = decide_sighting(plan, sighting, std::nullopt, budget);
  std::vector<std::string> lines;
  for (const auto& event : decision.commit.events) {
    if (!event.hit) continue;
    auto line = event.hit->watch;
    for (const auto& delivery : event.deliveries) line += ' ' + delivery.receiver;
    EXPECT_EQ(event.hit->team, event.hit->watch == "far" ? "far-team" : "");
    lines.push_back(line);
  }
  return {lines, decision.watch_hits};
}

TEST(DecideSighting, EachHitGoesToItsWatchsReceivers) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(hits(Discovery::live).first, (Lines{"flood desk night", "old archive", "far archive"}));
  EXPECT_EQ(hits(Discovery::live).second, Lines{"flood"});
  EXPECT_EQ(hits(Discovery::baseline).first, Lines{"old archive"});
  EXPECT_EQ(hits(Discovery::backfill).first, Lines{"far archive"});
  EXPECT_EQ(hits(Discovery::baseline).second, Lines{});
}

}  // namespace
}  // namespace tinwatch::pipeline
