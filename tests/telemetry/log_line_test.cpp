#include "log_line.hpp"

#include "core/time.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <vector>

namespace tinwatch::log {
namespace {

/// journald.conf(5), LineMax=: what comes behind it is a message of its own.
constexpr std::size_t line_max = 48 * 1024;

const Instant noon{std::chrono::milliseconds(1'764'590'400'123)};  // 2025-12-01T12:00:00.123Z

std::string logfmt(std::string_view sentence, const std::vector<Field>& fields) {
  return logfmt_line(sentence, fields);
}

std::string json(std::string_view sentence, const std::vector<Field>& fields) {
  return json_line(noon, Level::info, sentence, fields);
}

/// The widest characters, and those that are longest when they are quoted or escaped.
const std::vector<std::string>& dear_characters() {
  static const std::vector<std::string> all{"\U0001F600",   "\"",   "\\",
                                            "\U000E0041\"", "\x01", "\xff"};
  return all;
}

std::string much_of(const std::string& what) {
  std::string out;
  while (out.size() < std::size_t{300} * 1024) out += what;
  return out;
}

TEST(LogLine, AHeadlineOf300KibIsClipped) {
  std::string forged(line_max, 'a');
  forged += "<2>removed source=good headline=Forged";
  forged.append(300 * 1024 - forged.size(), 'b');
  for (const auto& line : {logfmt("published", {{"headline", forged}, {"source", "bad"}}),
                           json("published", {{"headline", forged}, {"source", "bad"}})}) {
    EXPECT_LT(line.size(), 1000U);
    EXPECT_EQ(line.find("Forged"), std::string::npos);
    EXPECT_NE(line.find("bad"), std::string::npos);
  }
}

TEST(LogLine, NoLineIsAsLongAsJournaldsLimit) {
  static_assert(longest_line + 100 < line_max);  // with priority and time
  for (const auto& dear : dear_characters()) {
    const auto text = much_of(dear);
    const std::vector<Field> fields(32, Field{"headline", text});
    const auto line = logfmt(text, fields);
    EXPECT_LE(line.size(), longest_line) << dear;
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto one = logfmt("", {{"headline", text}});
    EXPECT_LE(one.size(), 4 * longest_value + 20) << dear;
    if (32 * one.size() > longest_line) {
      EXPECT_TRUE(line.ends_with(" …")) << "what is left out is told";
    }
  }
}

TEST(LogLine, AnObjectIsWholeHoweverLongItsFieldsAre) {
  for (const auto& dear : dear_characters()) {
    const auto text = much_of(dear);
    const auto line = json(text, std::vector<Field>(64, Field{"headline", text}));
    EXPECT_LE(line.size(), longest_line) << dear;
    EXPECT_EQ(line.find('\n'), std::string::npos);
    boost::system::error_code fault;
    const auto value = boost::json::parse(line, fault);
    ASSERT_FALSE(fault) << dear << ": " << fault.message();
    EXPECT_EQ(value.at("level").as_string(), "info");
  }
  const std::vector<Field> fields(64, Field{"headline", much_of("\U0001F600")});
  EXPECT_TRUE(json("", fields).ends_with(R"(,"cut":true})")) << "what is left out is told";
}

TEST(LogLine, ClippingCutsNoCharacterAndNoEscape) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "ệ\x1b";
  const auto line = logfmt("", {{"url", text}});
  EXPECT_TRUE(line.ends_with("ệ\\u{001B}ệ…")) << line;
}

TEST(LogLine, AShortLineIsWhole) {
  EXPECT_EQ(logfmt("published", {{"source", "bao"}, {"headline", "Một \"tin\""}, {"url", ""}}),
            R"(published source=bao headline="Một \"tin\"" url="")");
  EXPECT_EQ(logfmt("a\n<2>b", {}), "a\\u{000A}<2>b");
}

TEST(LogLine, AnObjectHasTheSameFields) {
  EXPECT_EQ(json("published", {{"source", "bao"}, {"headline", "Một \"tin\"\n"}, {"revision", 3}}),
            R"({"time":"2025-12-01T12:00:00.123Z","level":"info","msg":"published",)"
            R"("source":"bao","headline":"Một \"tin\"\\u{000A}","revision":3})");
}

TEST(LogLine, WhatOneLogsInWithIsMasked) {
  const std::vector<Field> fields{
      {"url", "https://me:hunter2@example.org/feed?apikey=s3cret&page=2"},
      {"why", "no answer from http://u:pw@h/ (or https://h/x?token=abc)"}};
  for (const auto& line : {logfmt("found", fields), json("found", fields)})
    for (const auto* secret : {"hunter2", "s3cret", "pw@", "abc", "me:"})
      EXPECT_EQ(line.find(secret), std::string::npos) << secret << " in " << line;
  EXPECT_NE(
      logfmt("found", fields).find("https://<secret>@example.org/feed?apikey=<secret>&page=2"),
      std::string::npos);
}

}  // namespace
}  // namespace tinwatch::log
