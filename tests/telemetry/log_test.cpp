#include "telemetry/log.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace tinwatch::log {
namespace {

/// What `act` puts on standard error.
template <class Act>
std::string written(Settings settings, Act act) {
  testing::internal::CaptureStderr();
  set_up(settings);
  act();
  return testing::internal::GetCapturedStderr();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++out;
  return out;
}

TEST(Log, ALineHasTheTimeTheLevelAndTheFields) {
  const auto line = written({}, [] { warning("published", {{"source", "bao"}, {"revision", 3}}); });
  EXPECT_TRUE(line.ends_with(" warning: published source=bao revision=3\n")) << line;
  EXPECT_TRUE(line.starts_with("20")) << line;
}

TEST(Log, WhatIsBelowTheLevelIsNotWritten) {
  EXPECT_EQ(written({.level = Level::warning}, [] { info("published"); }), "");
  written({.level = Level::warning}, [] {
    EXPECT_FALSE(is_on(Level::info));
    EXPECT_TRUE(is_on(Level::error));
  });
}

TEST(Log, AnotherConfigurationIsFollowed) {
  const auto lines = written({}, [] {
    debug("before");
    follow({.format = Format::json, .level = Level::debug});
    debug("after");
  });
  EXPECT_EQ(lines.find("before"), std::string::npos);
  EXPECT_TRUE(lines.starts_with(R"({"time":"20)")) << lines;
  EXPECT_TRUE(lines.ends_with(R"(Z","level":"debug","msg":"after"})"
                              "\n"))
      << lines;
}

TEST(Log, TheLevelOfTheCommandLineStays) {
  testing::internal::CaptureStderr();
  set_up({.level = Level::error}, true);
  follow({.format = Format::json, .level = Level::debug});
  info("nothing");
  error("something");
  const auto lines = testing::internal::GetCapturedStderr();
  EXPECT_EQ(count(lines, "\n"), 1U) << lines;
  EXPECT_TRUE(lines.starts_with(R"({"time":)")) << "the format is the configuration's";
}

TEST(Log, OneTroubleInManyThingsIsToldOnce) {
  const auto lines = written({}, [] {
    for (int i = 0; i < 105; ++i)
      trouble("a task failed", "database or disk is full",
              {{"source", "s" + std::to_string(i)}, {"url", "http://e/" + std::to_string(i)}});
    trouble("a task failed", "out of memory");
    tell_rest();
    tell_rest();
  });
  EXPECT_EQ(count(lines, "\n"), 3U) << lines;
  EXPECT_NE(lines.find("error: a task failed source=s0 url=http://e/0 why=\"database or disk is "
                       "full\"\n"),
            std::string::npos)
      << lines;
  EXPECT_NE(lines.find("why=\"out of memory\"\n"), std::string::npos) << lines;
  EXPECT_NE(lines.find("error: a task failed why=\"database or disk is full\" repeated=104\n"),
            std::string::npos)
      << lines;
}

TEST(Log, ASourcesWarningIsToldOnceAndWhatDiffersIsAnother) {
  const auto lines = written({}, [] {
    for (int i = 0; i < 5; ++i) warning("breaks off", {{"source", "a"}, {"line", 7}});
    warning("breaks off", {{"source", "a"}, {"line", 8}});
    warning("breaks off", {{"source", "b"}, {"line", 7}});
    for (int i = 0; i < 3; ++i) info("found", {{"source", "a"}, {"new_urls", 1}});
    for (int i = 0; i < 3; ++i) error("configuration not reloaded", {{"fault", "x"}});
    tell_rest();
  });
  EXPECT_EQ(count(lines, "breaks off"), 4U) << lines;
  EXPECT_NE(lines.find("breaks off source=a line=7 repeated=4\n"), std::string::npos) << lines;
  EXPECT_EQ(count(lines, "found source=a"), 3U) << "events are events";
  EXPECT_EQ(count(lines, "not reloaded"), 3U) << "what a person asked for is answered each time";
}

TEST(Log, ASourceThatWritesTooMuchIsToldOf) {
  const auto lines = written({}, [] {
    for (int i = 0; i < 700; ++i) info("published", {{"source", "loud"}, {"n", i}});
    info("published", {{"source", "quiet"}});
  });
  EXPECT_EQ(count(lines, "source=loud n="), 600U);
  EXPECT_EQ(count(lines, "so many lines of one source"), 1U);
  EXPECT_EQ(count(lines, "source=quiet"), 1U);
}

TEST(Log, ThePipeOfAJournalElsewhereIsNotOurs) {
  ASSERT_EQ(::setenv("JOURNAL_STREAM", "1:2", 1), 0);  // NOLINT(concurrency-mt-unsafe)
  const auto line = written({}, [] { info("x"); });
  ASSERT_EQ(::unsetenv("JOURNAL_STREAM"), 0);  // NOLINT(concurrency-mt-unsafe)
  EXPECT_TRUE(line.ends_with(" info: x\n")) << line;
}

}  // namespace
}  // namespace tinwatch::log
