#include "status_text.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

json::object source(const std::string& name, json::object more = {}) {
  json::object out{{"name", name}, {"title", name}, {"active", true}, {"articles", 5}};
  for (const auto& member : more) out[member.key()] = member.value();
  return out;
}
json::object well(const std::string& name) {
  return source(name, {{"lastSuccessAt", "2026-03-04T10:00:00Z"}});
}
json::object in_trouble(const std::string& name, const char* since,
                        const std::string& at = "2026-03-04T09:00:00Z") {
  auto out = well(name);
  out[since] = at;
  return out;
}

json::object status(json::array sources) {
  return {{"time", "2026-03-04T10:00:00Z"},
          {"sources", std::move(sources)},
          {"frontier", {{"due", 1}, {"waiting", 2}, {"blocked", 3}, {"retired", 4}}},
          {"blockedHosts", json::array()},
          {"outbox", json::array()},
          {"store", {{"sizeBytes", 10}, {"freeBytes", 20}, {"lastEventSeq", 7}}}};
}
json::object outbox(const std::string& name, int pending, int dead, bool disabled) {
  return {{"receiver", name}, {"pending", pending}, {"dead", dead}, {"disabled", disabled}};
}

TEST(StatusTextTest, AFewSourcesAreAllThere) {
  auto paused = well("old");
  paused["active"] = false;
  paused["silentSince"] = "2026-03-01T00:00:00Z";
  const auto lines = status_text(
      status({well("a"), in_trouble("b", "driftedSince"), paused, source("new")}), true);
  const std::vector<std::string> expected{
      "daemon    running",
      "sources   3 watched, 1 not any more, 2 in trouble: 1 never_read, 1 drifted",
      "source    new             5 articles, never read",
      "source    b               5 articles, last read 2026-03-04T10:00:00Z, drifted since "
      "2026-03-04T09:00:00Z",
      "source    a               5 articles, last read 2026-03-04T10:00:00Z",
      "source    old             5 articles, last read 2026-03-04T10:00:00Z",
      "frontier  1 due, 2 waiting, 3 blocked, 4 retired",
      "store     10 bytes, 20 bytes free"};
  EXPECT_EQ(lines, expected);
  EXPECT_EQ(status_text(status({}), false).front(),
            "daemon    NOT RUNNING: this is what its database says");
}

/// A thousand sources, hosts and receivers, all in trouble.
json::object all_wrong() {
  json::array sources;
  for (int i = 0; i < 1000; ++i) {
    const auto name = "s" + std::to_string(i);
    const auto at = "2026-03-04T09:" + std::to_string(10 + i % 50) + ":00Z";
    sources.push_back(i % 4 == 0   ? source(name)
                      : i % 4 == 1 ? in_trouble(name, "silentSince", at)
                      : i % 4 == 2 ? in_trouble(name, "driftedSince", at)
                                   : in_trouble(name, "unreachableSince", at));
  }
  auto all = status(sources);
  for (int i = 0; i < 100; ++i)
    all["blockedHosts"].as_array().push_back(
        json::object{{"name", "host" + std::to_string(i) + std::string(100, 'x')},
                     {"blockedUntil", "2026-03-04T12:00:00Z"},
                     {"failures", 3}});
  for (int i = 0; i < 1000; ++i)
    all["outbox"].as_array().push_back(outbox("r" + std::to_string(i), i, 0, i == 500));
  all["outbox"].as_array().push_back(outbox("dying", 0, 2, false));
  return all;
}

TEST(StatusTextTest, AThousandSourcesAreOneScreenWhateverIsWrong) {
  const auto all = all_wrong();
  const auto lines = status_text(all, true);
  EXPECT_LE(lines.size(), 40U);
  EXPECT_EQ(lines[1],
            "sources   1000 watched, 1000 in trouble: 250 unreachable, 250 never_read, 250 "
            "drifted, 250 silent");
  EXPECT_TRUE(lines[2].find("unreachable since 2026-03-04T09:10:00Z") != std::string::npos ||
              lines[2].find("unreachable since 2026-03-04T09:11:00Z") != std::string::npos)
      << "the worst for the longest: " << lines[2];
  const auto there = [&](const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  };
  EXPECT_TRUE(there("          and 986 more: tinwatch sources list --condition any"));
  EXPECT_TRUE(there("          and 94 more: tinwatch status --format json"));
  EXPECT_TRUE(there("          and 993 more: tinwatch receivers list"));
  const auto disabled = std::find(lines.begin(), lines.end(),
                                  "outbox    r500            500 pending, 0 dead, disabled");
  ASSERT_NE(disabled, lines.end());
  EXPECT_EQ(*(disabled + 1), "outbox    dying           0 pending, 2 dead");
  EXPECT_EQ(*(disabled + 2), "outbox    r999            999 pending, 0 dead");
}

TEST(StatusTextTest, ProblemsComeFirstAndTakeTheirPlacesFromSources) {
  const auto all = all_wrong();
  std::vector<std::string> problems;
  for (std::size_t count = 0; count <= 50; ++count) {
    const auto lines = status_text(all, true, problems);
    EXPECT_LE(lines.size(), 40U) << count;
    const auto begin_with = [&](const std::string& word) {
      return std::count_if(lines.begin(), lines.end(),
                           [&](const auto& line) { return line.starts_with(word); });
    };
    const auto shown = std::min<std::size_t>(count, 8);
    EXPECT_EQ(begin_with("trouble "), shown);
    for (std::size_t i = 0; i < shown; ++i) EXPECT_EQ(lines[1 + i], "trouble   " + problems[i]);
    const auto sources = begin_with("source ");
    EXPECT_EQ(sources, count <= 5 ? 14 : count <= 8 ? 19 - static_cast<int>(count) : 10) << count;
    const auto left = "          and " + std::to_string(1000 - sources) +
                      " more: tinwatch sources list --condition any";
    EXPECT_NE(std::find(lines.begin(), lines.end(), left), lines.end()) << count;
    EXPECT_EQ(begin_with("host "), 6);
    EXPECT_EQ(begin_with("outbox "), 8);
    problems.push_back("reason " + std::to_string(count));
  }
  const auto lines = status_text(all, true, problems);
  EXPECT_EQ(lines[9], "          and 43 more: tinwatch status --format json");
  const auto few = status_text(status({well("a")}), true, {"it is still starting"});
  EXPECT_EQ(few[0], "daemon    running");
  EXPECT_EQ(few[1], "trouble   it is still starting");
  EXPECT_TRUE(few[3].starts_with("source    a "));
}

TEST(StatusTextTest, OfManyTheWellAreOnlyCounted) {
  json::array sources;
  for (int i = 0; i < 1000; ++i) sources.push_back(well("s" + std::to_string(i)));
  sources.push_back(in_trouble("bad", "silentSince"));
  const auto lines = status_text(status(sources), true);
  EXPECT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[1], "sources   1001 watched, 1 in trouble: 1 silent");
  EXPECT_TRUE(lines[2].starts_with("source    bad "));
}

TEST(StatusTextTest, ASourceIsFoundByItsCondition) {
  auto silent = in_trouble("b", "silentSince");
  silent["silentReason"] = "feed_cut";
  for (const auto* condition : {"any", "silent", "feed_cut"}) EXPECT_TRUE(is_in(silent, condition));
  for (const auto* condition : {"drifted", "no_articles", "never_read"})
    EXPECT_FALSE(is_in(silent, condition));
  EXPECT_TRUE(is_in(source("new"), "never_read"));
  EXPECT_FALSE(is_in(well("a"), "any"));
  silent["active"] = false;
  EXPECT_FALSE(is_in(silent, "any")) << "nobody watches it";
  EXPECT_FALSE(is_in(silent, "feed_cut"));
}

}  // namespace
}  // namespace tinwatch::cli
