#include "app/plan_from_config.hpp"

#include "telemetry/version.hpp"

#include <gtest/gtest.h>

namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;

/// A configuration in which no two settings of one kind are alike, and none is its default.
config::Config unlike_itself() {
  config::Config config;
  config.fetch.contact = "ops@example.org";
  config.fetch.timeout = 11s;
  config.fetch.max_body = 12;
  config.fetch.requests_an_hour = 13;
  config.fetch.new_urls_a_day = 14;
  config.fetch.per_host.new_hosts_a_day = 15;
  config::SourceSettings source{.name = "bao", .title = "Báo"};
  source.site = parsers::Site::generic(TimeZone::fixed(7h));
  source.start = {"http://a.test/", "http://a.test:8080/rss"};
  source.scope = std::make_shared<const SiteScope>(SiteScope::make(source.start, {}).value());
  source.poll = {.min = 16min, .max = 17min};
  source.recheck = 18min;
  source.removal = {.missing_after = 19,
                    .over = 20min,
                    .confirmations = 21,
                    .confirm_over = 22h,
                    .gone_confirmations = 23};
  source.allow_networks = std::make_shared<const std::vector<fetchers::Network>>();
  config.sources = {source};
  config.receivers = {{.name = "desk", .team = "news"},
                      {.name = "hook", .team = "it", .min_severity = Severity::high}};
  config.routes = {{.type = "tinwatch.source.*", .receivers = {"hook", "desk"}},
                   {.type = "*", .receivers = {"desk"}}};
  return config;
}

TEST(PlanFrom, TakesOverWhatIsSaidOfFetching) {
  const auto config = unlike_itself();
  const auto plan = plan_from(config);
  // A field more or less does not compile here: say then where it comes from.
  const auto& [sources, watch_set, watches, routes, who, timeout, requests_an_hour, max_body,
               most_work, shortcuts, url_limits, most_stored_a_day] = *plan;
  EXPECT_EQ(timeout, 11s);
  EXPECT_EQ(requests_an_hour, 13);
  EXPECT_EQ(max_body, 12U);
  EXPECT_EQ(url_limits, (monitor::UrlLimits{.urls_of_a_host = 14, .hosts_of_a_source = 15}));
  // Not settings.
  EXPECT_EQ(most_work, crawl::Plan{}.most_work);
  EXPECT_EQ(most_stored_a_day, crawl::Plan{}.most_stored_a_day);
  EXPECT_EQ(sources.size(), 1U);
  EXPECT_TRUE(watches.empty());
  EXPECT_TRUE(watch_set->watches().empty());
  EXPECT_EQ(shortcuts, monitor::Shortcuts{});
  using Receivers = std::map<std::string, crawl::ReceiverPlan>;
  EXPECT_EQ(who, (Receivers{{"desk", {"news", Severity::low}}, {"hook", {"it", Severity::high}}}));
  ASSERT_EQ(routes.size(), 2U);
  const auto& [type, receivers] = routes[0];
  EXPECT_EQ(type, "tinwatch.source.*");
  EXPECT_EQ(receivers, (std::vector<std::string>{"hook", "desk"}));
}

TEST(PlanFrom, EachShortcutIsItsOwn) {
  auto config = unlike_itself();
  for (int on = 0; on < 3; ++on) {
    config.fetch.shortcuts = {
        .not_modified = on == 0, .bytes_equal = on == 1, .region_equal = on == 2};
    EXPECT_EQ(plan_from(config)->shortcuts, config.fetch.shortcuts) << on;
  }
}

TEST(PlanFrom, TakesOverWhatIsSaidOfASource) {
  const auto config = unlike_itself();
  const auto plan = plan_from(config);
  const auto& said = config.sources[0];
  const auto& [name, site, start, scope, poll, recheck, removal, allow_networks] =
      plan->sources.at("bao");
  EXPECT_EQ(name, "bao");
  EXPECT_EQ(site, said.site);
  EXPECT_EQ(start, said.start);
  EXPECT_EQ(scope, said.scope);
  EXPECT_EQ(poll, (monitor::Interval{.min = 16min, .max = 17min}));
  EXPECT_EQ(recheck, 18min);
  EXPECT_EQ(removal, said.removal);
  EXPECT_EQ(allow_networks, said.allow_networks);
}

TEST(PlanFrom, TakesOverWhatIsSaidOfAWatchAndEachSwitchIsItsOwn) {
  auto config = unlike_itself();
  for (int on = 0; on < 3; ++on)
    config.watches.push_back(
        {.name = "w" + std::to_string(on),
         .title = "Watch",
         .team = "politics",
         .origin = on == 0 ? config::Origin::api : config::Origin::file,
         .query = std::make_shared<const watch::Query>(
             watch::Query::parse("cứu hộ", {.mode = watch::Mode::exact}).value()),
         .receivers = {"hook"},
         .include_baseline = on == 0,
         .include_backfill = on == 1,
         .metrics = on == 2,
         .snooze_until = on == 1 ? std::optional(Instant{}) : std::nullopt});
  const auto plan = plan_from(config);
  ASSERT_EQ(plan->watches.size(), 3U);
  ASSERT_EQ(plan->watch_set->watches().size(), 3U);
  for (int on = 0; on < 3; ++on) {
    const auto at = static_cast<std::size_t>(on);
    const auto& [name, query] = plan->watch_set->watches()[at];
    EXPECT_EQ(name, "w" + std::to_string(on));
    EXPECT_EQ(query, config.watches[at].query) << "shared, not copied";
    const auto& [title, team, receivers, include_baseline, include_backfill, metrics, is_own,
                 snooze] = plan->watches[at];
    EXPECT_EQ(title, "Watch");
    EXPECT_EQ(team, "politics");
    EXPECT_EQ(receivers, std::vector<std::string>{"hook"});
    EXPECT_EQ(include_baseline, on == 0) << name;
    EXPECT_EQ(include_backfill, on == 1) << name;
    EXPECT_EQ(metrics, on == 2) << name;
    EXPECT_EQ(is_own, on == 0) << name;
    EXPECT_EQ(snooze.has_value(), on == 1) << name;
  }
}

TEST(SourceEntries, NameTheStartPagesAndTheirHosts) {
  const auto entries = source_entries(unlike_itself());
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].name, "bao");
  EXPECT_EQ(entries[0].title, "Báo");
  ASSERT_EQ(entries[0].start.size(), 2U);
  EXPECT_EQ(entries[0].start[0].url, "http://a.test/");
  EXPECT_EQ(entries[0].start[0].host, "a.test");
  EXPECT_EQ(entries[0].start[1].host, "a.test:8080");
  EXPECT_EQ(entries[0].start[1].kind, TargetKind::listing);
}

TEST(UserAgent, NamesTheProgramAndWhomToAsk) {
  auto config = unlike_itself();
  const auto program = "tinwatch/" + std::string(telemetry::release());
  EXPECT_EQ(user_agent(config), program + " (+ops@example.org)");
  config.fetch.contact.clear();
  EXPECT_EQ(user_agent(config), program);
}

}  // namespace
}  // namespace tinwatch::app
