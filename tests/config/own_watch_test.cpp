#include "config/own_watch.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace tinwatch::config {
namespace {

Config config() {
  Config out;
  out.receivers = {{.name = "desk"}};
  alerts::ReceiverSettings beat{.name = "beat"};
  beat.kind = alerts::HeartbeatSettings{};
  out.receivers.push_back(beat);
  return out;
}

Result<OwnWatch, OwnWatchFaults> read(const std::string& json) {
  return read_own_watch(boost::json::parse(json).as_object(), config());
}
std::string faults(const std::string& json) {
  const auto out = read(json);
  std::string text;
  if (!out)
    for (const auto& one : out.error().sentences) text += (text.empty() ? "" : "|") + one;
  return text;
}

TEST(OwnWatch, HasTheKeysOfTheConfiguration) {
  const auto out = read(R"({"name": "border", "title": "Biên giới", "team": "t", "mode": "fold",
    "query": "bien NEAR/3 gioi", "receivers": ["desk"], "include": ["baseline"], "metrics": true,
    "snooze_until": "2026-03-04T08:00:00+07:00"})");
  ASSERT_TRUE(out);
  const auto& watch = out->watch;
  EXPECT_EQ(watch.name + '|' + watch.title + '|' + watch.team, "border|Biên giới|t");
  EXPECT_EQ(watch.origin, Origin::api);
  EXPECT_EQ(watch.mode, watch::Mode::fold);
  EXPECT_EQ(watch.written, "bien NEAR/3 gioi");
  EXPECT_EQ(watch.receivers, std::vector<std::string>{"desk"});
  EXPECT_TRUE(watch.include_baseline);
  EXPECT_FALSE(watch.include_backfill);
  EXPECT_TRUE(watch.metrics);
  EXPECT_TRUE(watch.snooze_until);
  EXPECT_TRUE(watch.query);
}

TEST(OwnWatch, HasAShortTitle) {
  const auto titled = [](std::size_t bytes) {
    return faults(R"({"name": "w", "query": "x", "title": ")" + std::string(bytes, 't') + "\"}");
  };
  EXPECT_EQ(titled(300), "");
  EXPECT_EQ(titled(301), "title: at most 300 bytes, not 301");
}

TEST(OwnWatch, MayHavePhrases) {
  const auto out = read(R"({"name": "w", "phrases": ["quân khu 7", "cứu hộ"]})");
  ASSERT_TRUE(out);
  EXPECT_EQ(out->watch.phrases, 2U);
  EXPECT_EQ(out->watch.title, "w");
}

TEST(OwnWatch, FaultsAreSentencesWithoutAPlaceInAFile) {
  EXPECT_EQ(faults(R"({"name": "A b", "query": "x"})"),
            "name 'A b' must match ^[a-z0-9][a-z0-9_-]{0,62}$");
  EXPECT_EQ(faults(R"({"name": "w"})"), "a watch needs a query, phrases or a phrases_file");
  EXPECT_EQ(faults(R"({"name": "w", "query": "x", "quer": 1})"), "unknown key 'quer'");
  EXPECT_EQ(faults(R"({"name": "w", "query": ["x"]})").substr(0, 27),
            "query must be a single valu");
  EXPECT_EQ(faults(R"({"name": "w", "query": "x", "receivers": "desk"})"),
            "receivers must be a list");
  EXPECT_EQ(faults(R"({"name": "w", "query": "x", "receivers": [["desk"]]})"),
            "receivers must be a list of single values");
  EXPECT_EQ(faults(R"({"name": "w", "query": "x", "receivers": ["nobody", "beat"]})"),
            "receivers: there is no receiver 'nobody'|"
            "receivers: 'beat' is a heartbeat, which is told nothing");
  EXPECT_EQ(faults(R"({"name": "w", "query": "x", "mode": "loud"})"),
            "mode must be exact, tone, fold or auto, not 'loud'");
  EXPECT_EQ(faults(R"({"name": "w", "query": "x", "metrics": 1})"),
            "metrics must be true or false, not '1'");
}

TEST(OwnWatch, AFaultOfTheQueryHasItsPlaceInIt) {
  const auto out = read(R"({"name": "w", "query": "biên (giới"})");
  ASSERT_FALSE(out);
  ASSERT_TRUE(out.error().query);
  EXPECT_EQ(out.error().query->line, 1U);
  EXPECT_GT(out.error().query->column, 1U);
  EXPECT_EQ(out.error().sentences, Faults{"query: " + out.error().query->text()});
  EXPECT_FALSE(read(R"({"name": "A", "query": "x"})").error().query) << "another fault has none";
}

TEST(OwnWatch, NoPersonHasTheDaemonReadItsFiles) {
  EXPECT_EQ(faults(R"({"name": "w", "phrases_file": "/etc/passwd"})"),
            "phrases_file: only the configuration may name files");
}

TEST(OwnWatch, WarnsOfWhatIsHardlyMeantSo) {
  const auto lower = read(R"({"name": "w", "query": "biên or giới"})");
  ASSERT_TRUE(lower);
  ASSERT_FALSE(lower->warnings.empty());
  EXPECT_TRUE(lower->warnings.front().starts_with("query: line 1")) << lower->warnings.front();
  for (const auto& warning : lower->warnings)
    EXPECT_EQ(warning.find("YAML"), std::string::npos) << "JSON has lost no quotes";
}

TEST(OwnWatch, ManyForeignKeysAreAnsweredInNoTime) {
  boost::json::object definition{{"name", "w"}, {"query", "x"}};
  for (int i = 0; i < 9000; ++i) definition["k" + std::to_string(i)] = nullptr;
  const auto out = read_own_watch(definition, config());
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().sentences.size(), 9000U);
}

}  // namespace
}  // namespace tinwatch::config
