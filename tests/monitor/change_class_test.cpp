#include "core/text.hpp"
#include "monitor/change.hpp"
#include "parsers/note.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <random>

namespace tinwatch::monitor {
namespace {

namespace json = boost::json;

std::vector<std::string> strings(const json::object& in, std::string_view name) {
  std::vector<std::string> out;
  if (const auto* value = in.if_contains(name))
    for (const auto& one : value->as_array()) out.emplace_back(one.as_string());
  return out;
}

std::string string(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value ? std::string(value->as_string()) : std::string();
}

/// A record of one line of the pairs: fields that `in` has win over those of `base`.
ArticleRecord record_of(json::object base, const json::object& in) {
  for (const auto& [name, value] : in) base[name] = value;
  ArticleRecord out;
  out.headline = string(base, "headline");
  out.description = string(base, "description");
  out.correction = string(base, "correction");
  out.author = strings(base, "author");
  out.article_section = strings(base, "section");
  for (const auto& text : strings(base, "body")) out.body.push_back({BlockType::paragraph, text});
  for (const auto& text : strings(base, "captions")) out.body.push_back({BlockType::caption, text});
  for (const auto& url : strings(base, "images")) out.image.push_back({.url = url});
  const auto published = string(base, "published");
  if (!published.empty()) {
    PrintedDate date;
    date.time = parse_iso8601(published, {}).value();
    date.raw = published;
    out.date_published = date;
  }
  return out;
}

std::optional<Change> change_between(const ArticleRecord& before, const ArticleRecord& after) {
  return detect_change(EditorialState(before), EditorialState(after), parsers::note_in);
}

struct Count {
  int right = 0;
  int called = 0;
  int there = 0;
  [[nodiscard]] double precision() const { return called ? double(right) / called : 0; }
  [[nodiscard]] double f1() const { return 2.0 * right / (called + there); }
};

std::map<std::string, Count> score(const std::string& file) {
  std::ifstream in(std::string(TINWATCH_ROOT "/tests/monitor/change_pairs/") + file);
  std::map<std::string, Count> out;
  for (std::string line; std::getline(in, line);) {
    const auto pair = json::parse(line).as_object();
    const auto& before = pair.at("before").as_object();
    const auto change =
        change_between(record_of(before, {}), record_of(before, pair.at("after").as_object()));
    const std::string wanted(pair.at("class").as_string());
    const std::string called(change ? label(change->change_class) : "none");
    ++out[wanted].there;
    ++out[called].called;
    if (called == wanted)
      ++out[called].right;
    else
      std::cout << pair.at("id") << ": " << wanted << " called " << called << '\n';
  }
  return out;
}

double macro_f1(const std::map<std::string, Count>& counts) {
  double sum = 0;
  for (const auto& [name, count] : counts) {
    std::cout << std::left << std::setw(12) << name << std::right << std::fixed
              << std::setprecision(3) << " precision " << count.precision() << "  F1 " << count.f1()
              << "  of " << count.there << '\n';
    sum += count.f1();
  }
  const double out = sum / static_cast<double>(counts.size());
  std::cout << "macro-F1 " << out << '\n';
  return out;
}

// The rules were built on the first half; the second was written by somebody else and kept apart.
TEST(ChangeClass, NamesTheMainThingOnTheHalfItWasBuiltOn) {
  const auto counts = score("tune.jsonl");
  ASSERT_EQ(counts.size(), 9U);
  EXPECT_GE(macro_f1(counts), 0.85);
}

TEST(ChangeClass, NamesTheMainThingOnTheHalfKeptApart) {
  const auto counts = score("measured.jsonl");
  ASSERT_EQ(counts.size(), 9U);
  EXPECT_GE(macro_f1(counts), 0.85);
  EXPECT_GE(counts.at("typo").precision(), 0.98) << "a silent change of fact must not pass for one";
}

// Words are found again by their number in the diff: no white space of any script, mark or invalid
// byte may make two of one.
TEST(ChangeClass, BearsAnyText) {
  std::minstd_rand random(7);
  const auto text = [&random] {
    std::string out;
    for (int i = 0; i < 40; ++i) {
      const std::array<char32_t, 4> ranges = {0x80, 0x400, 0x3000, 0x2ffff};
      append_utf8(out, static_cast<char32_t>(random() % ranges[random() % 4] + 1));
      if (random() % 5 == 0) out += ' ';
      if (random() % 40 == 0) out += '\xff';
    }
    return out;
  };
  for (int round = 0; round < 1000; ++round) {
    ArticleRecord before;
    ArticleRecord after;
    before.body = {{BlockType::paragraph, text()}};
    after.body = {{BlockType::paragraph, before.body[0].text + text()}};
    const auto change = change_between(before, after);
    ASSERT_TRUE(change);
    ASSERT_FALSE(label(change->change_class).empty());
  }
}

}  // namespace
}  // namespace tinwatch::monitor
