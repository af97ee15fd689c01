#include "own_watches.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;

const Instant now = Instant{} + 1000h;

config::WatchSettings of_file(const std::string& name) {
  config::WatchSettings out{.name = name, .title = name};
  out.written = "x";
  out.query = std::make_shared<const watch::Query>(watch::Query::parse("x").value());
  return out;
}

config::Config config() {
  config::Config out;
  out.receivers = {{.name = "desk"}};
  out.watches = {of_file("m")};
  return out;
}

storage::OwnWatch own(const std::string& name, const std::string& definition) {
  return {name, definition, now, now, ""};
}

std::string in_plan(const Merged& all) {
  std::string out;
  for (const auto& watch : all.plan->watch_set->watches())
    out += (out.empty() ? "" : " ") + watch.name;
  return out;
}

TEST(OwnWatches, StandBesideThoseOfTheFile) {
  const storage::OwnSettings own_settings{
      .watches = {own("z", R"({"name":"z","query":"y","receivers":["desk"]})"),
                  own("a", R"({"name":"a","query":"y","title":"T"})")},
      .snoozes = {{"m", now + 1h, ""}}};
  const auto all = merged(config(), own_settings);
  EXPECT_EQ(in_plan(all), "m z a");
  EXPECT_TRUE(all.notes.empty());
  ASSERT_EQ(all.watches->watches.size(), 3U);
  EXPECT_EQ(all.watches->watches[0].name, "a") << "by name";
  EXPECT_EQ(all.watches->find("a")->title, "T");
  EXPECT_TRUE(all.watches->find("z")->is_own);
  EXPECT_FALSE(all.watches->find("m")->is_own);
  EXPECT_EQ(all.watches->find("nobody"), nullptr);
  EXPECT_EQ(all.watches->receivers, std::vector<std::string>{"desk"});
  EXPECT_EQ(all.watches->find("m")->snoozed_here, now + 1h);
  EXPECT_FALSE(all.watches->find("z")->snoozed_here);
  EXPECT_EQ(all.plan->watches[1].receivers, std::vector<std::string>{"desk"});
  EXPECT_FALSE(all.plan->watches[0].is_own);
  EXPECT_TRUE(all.plan->watches[1].is_own);
  // The same again: what was made here does not pile up.
  const auto again = merged(all.config, {});
  EXPECT_EQ(in_plan(again), "m");
  EXPECT_FALSE(again.watches->find("m")->snoozed_here);
}

TEST(OwnWatches, OfTwoSnoozesTheLongerHolds) {
  auto settings = config();
  settings.watches[0].snooze_until = now + 2h;
  for (const auto here : {1h, 3h}) {
    const auto all = merged(settings, {.snoozes = {{"m", now + here, ""}}});
    EXPECT_EQ(all.watches->find("m")->snoozed_until(now), now + std::max(here, 2h));
    EXPECT_EQ(all.plan->watches[0].snooze_until, now + 2h) << "the store knows of the other";
  }
}

TEST(OwnWatches, AConfigurationThatTakesTheNameWins) {
  const auto all = merged(config(), {.watches = {own("m", R"({"name":"m","query":"y"})")}});
  EXPECT_EQ(in_plan(all), "m");
  EXPECT_EQ(all.watches->find("m")->query, "x");
  EXPECT_FALSE(all.plan->watches.at(0).is_own) << "hits are those of the configuration's watch";
  ASSERT_EQ(all.notes.size(), 1U);
  EXPECT_EQ(all.notes[0].watch, "m");
  EXPECT_TRUE(all.notes[0].text.starts_with("the configuration has a watch of this name"));
}

TEST(OwnWatches, AReceiverThatIsGoneIsLeftOut) {
  const auto all = merged(
      config(), {.watches = {own("w", R"({"name":"w","query":"y","receivers":["old","desk"]})")}});
  EXPECT_EQ(in_plan(all), "m w");
  EXPECT_EQ(all.plan->watches[1].receivers, std::vector<std::string>{"desk"});
  ASSERT_EQ(all.notes.size(), 1U);
  EXPECT_EQ(all.watches->find("w")->warnings,
            std::vector<std::string>{"there is no receiver 'old'"});
  EXPECT_NE(all.watches->find("w")->definition.find("old"), std::string::npos)
      << "it is told again when the receiver is back";
}

TEST(OwnWatches, OneThatIsNoneAnyMoreIsShownAndNotInForce) {
  const auto all = merged(
      config(), {.watches = {own("p", R"({"name":"p","query":"("})"), own("q", R"({"name")")}});
  EXPECT_EQ(in_plan(all), "m");
  EXPECT_TRUE(all.watches->find("p")->fault.starts_with("query: line 1"));
  EXPECT_TRUE(all.watches->find("q")->fault.starts_with("what is stored of it is damaged"));
  EXPECT_EQ(all.watches->find("q")->definition, "{}") << "what shows it reads JSON";
  EXPECT_EQ(all.notes.size(), 2U);
}

}  // namespace
}  // namespace tinwatch::app
