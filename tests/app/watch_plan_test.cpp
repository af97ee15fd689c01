#include "plan_from_config.hpp"

#include <gtest/gtest.h>

namespace tinwatch::app {
namespace {

config::WatchSettings watch(const std::string& name, const std::string& query) {
  config::WatchSettings out{.name = name, .title = "Title of " + name, .team = name + "-team"};
  out.query =
      std::make_shared<const watch::Query>(watch::Query::parse(query, watch::Mode::tone).value());
  return out;
}

TEST(WatchPlan, KeepsEachWatchBesideItsQuery) {
  config::Config config;
  config.watches = {watch("flood", "lũ"), watch("storm", "bão"), watch("fire", "cháy")};
  config.watches[0].include_baseline = true;
  config.watches[1].include_backfill = true;
  config.watches[2].metrics = true;
  config.watches[1].receivers = {"desk"};
  const auto plan = plan_from(config);
  ASSERT_EQ(plan->watches.size(), 3U);
  ASSERT_EQ(plan->watch_set->watches().size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& watch = plan->watches[i];
    EXPECT_EQ(plan->watch_set->watches()[i].name, config.watches[i].name);
    EXPECT_EQ(plan->watch_set->watches()[i].query, config.watches[i].query) << "shared, not copied";
    EXPECT_EQ(watch.title, config.watches[i].title);
    EXPECT_EQ(watch.team, config.watches[i].team);
    EXPECT_EQ(watch.receivers, config.watches[i].receivers);
    EXPECT_EQ(watch.include_baseline, i == 0);
    EXPECT_EQ(watch.include_backfill, i == 1);
    EXPECT_EQ(watch.metrics, i == 2);
  }
}

}  // namespace
}  // namespace tinwatch::app
