#include "telemetry/log.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace tinwatch::log {
namespace {

/// journald.conf(5), LineMax=: what comes behind it is a message of its own.
constexpr std::size_t line_max = 48 * 1024;

/// A headline that would continue as a log line of another source, with a priority of its own.
std::string forged_headline() {
  std::string text(line_max, 'a');
  text += "<2>removed source=good headline=Forged";
  text.append(300 * 1024 - text.size(), 'b');
  return text;
}

/// What `write` puts on standard error.
std::string written(std::initializer_list<Field> fields) {
  testing::internal::CaptureStderr();
  set_up(Level::info);
  write(Level::warning, "published", fields);
  return testing::internal::GetCapturedStderr();
}

TEST(Log, AHeadlineOf300KibIsClipped) {
  const auto line = written({{"headline", forged_headline()}, {"source", "bad"}});
  EXPECT_LT(line.size(), 1000U);
  EXPECT_EQ(line.find("Forged"), std::string::npos);
  const auto end = std::string(longest_value - 1, 'a') + "… source=bad\n";
  ASSERT_GT(line.size(), end.size());
  EXPECT_EQ(line.substr(line.size() - end.size()), end);
}

TEST(Log, NoLineIsAsLongAsJournaldsLimit) {
  static_assert(longest_line + 100 < line_max);  // with priority and time
  // The widest characters, and those that are longest when they are quoted or escaped.
  for (const auto* const dear : {"\U0001F600", "\"", "\\", "\U000E0041\"", "\x01", "\xff"}) {
    std::string text;
    while (text.size() < 300 * 1024) text += dear;
    const Field field{"headline", text};
    const auto line =
        line_of(text, {field, field, field, field, field, field, field, field, field, field, field,
                       field, field, field, field, field, field, field, field, field, field, field,
                       field, field, field, field, field, field, field, field, field, field});
    EXPECT_LE(line.size(), longest_line) << dear;
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto one = line_of("", {field});
    EXPECT_LE(one.size(), 4 * longest_value + 20) << dear;
    if (32 * one.size() > longest_line) {
      EXPECT_TRUE(line.ends_with(" …")) << "what is left out is told";
    }
  }
}

TEST(Log, ClippingCutsNoCharacterAndNoEscape) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "ệ\x1b";
  const auto line = line_of("", {{"url", text}});
  EXPECT_TRUE(line.ends_with("ệ\\u{001B}ệ…")) << line;
}

TEST(Log, AShortLineIsWhole) {
  EXPECT_EQ(line_of("published", {{"source", "bao"}, {"headline", "Một \"tin\""}, {"url", ""}}),
            R"(published source=bao headline="Một \"tin\"" url="")");
  EXPECT_EQ(line_of("a\n<2>b", {}), "a\\u{000A}<2>b");
}

TEST(Log, WhatIsBelowTheLevelIsNotWritten) {
  testing::internal::CaptureStderr();
  set_up(Level::warning);
  write(Level::info, "published");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace tinwatch::log
