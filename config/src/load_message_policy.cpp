#include "load_parts.hpp"

namespace tinwatch::config {
namespace {

using ParseRange = Result<alerts::IntRange, std::string> (*)(std::string_view);

void read_ranges(YamlReader& in, const char* key, ParseRange parse,
                 std::vector<alerts::IntRange>& ranges) {
  std::vector<std::string> texts;
  in.read(key, texts);
  for (const auto& text : texts) {
    const auto range = parse(text);
    if (range)
      ranges.push_back(*range);
    else
      in.reject(in.take(key), std::string(key) + ": " + range.error());
  }
}

void read_times(YamlReader& in, alerts::TimeInterval& interval) {
  in.each("times", [&](YamlReader& time) {
    std::string begins;
    std::string ends;
    time.read("start_time", begins);
    time.read("end_time", ends);
    const auto first = alerts::parse_minute(begins);
    const auto last = alerts::parse_minute(ends);
    if (!first) return time.reject("start_time: " + first.error());
    if (!last) return time.reject("end_time: " + last.error());
    if (*first >= *last)
      return time.reject(
          "start_time must be before end_time; for a night write two times, until "
          "24:00 and from 00:00");
    interval.minutes.push_back({*first, *last});
  });
}

void read_quiet_hours(YamlReader& in, alerts::MessagePolicy& policy) {
  in.each("time_intervals", [&](YamlReader& one) {
    alerts::TimeInterval interval;
    read_times(one, interval);
    read_ranges(one, "weekdays", &alerts::parse_weekdays, interval.weekdays);
    read_ranges(one, "days_of_month", &alerts::parse_days_of_month, interval.days_of_month);
    read_ranges(one, "months", &alerts::parse_months, interval.months);
    read_ranges(one, "years", &alerts::parse_years, interval.years);
    policy.quiet.push_back(std::move(interval));
  });
  if (policy.quiet.empty()) in.reject("needs time_intervals");
  std::vector<std::string> loud = {"critical"};
  in.read("except", loud);
  policy.loud.clear();
  for (const auto& word : loud) {
    const auto severity = severity_from(word);
    if (severity)
      policy.loud.insert(*severity);
    else
      in.reject("except: '" + word + "' is none of low, normal, high, critical");
  }
}

void read_group_by(YamlReader& in, alerts::MessagePolicy& policy) {
  if (!in.take("group_by").IsDefined()) return;
  std::vector<std::string> words;
  in.read("group_by", words);
  policy.group_by.clear();
  for (const auto& word : words) {
    if (word == "watch")
      policy.group_by.insert(alerts::GroupBy::watch);
    else if (word == "source")
      policy.group_by.insert(alerts::GroupBy::source);
    else if (word == "article")
      policy.group_by.insert(alerts::GroupBy::article);
    else
      in.reject("group_by: '" + word + "' is none of watch, source, article");
  }
}

}  // namespace

void read_message_policy(YamlReader& in, const TimeZone& zone, alerts::MessagePolicy& policy) {
  policy.zone = zone;
  in.read("settle", policy.settle);
  in.read("settle_max", policy.settle_max);
  in.read("group_wait", policy.group_wait);
  in.read("group_interval", policy.group_interval);
  in.read("pace", policy.pace);
  if (policy.group_interval > std::chrono::hours{24})
    in.reject("group_interval must be 24h or less");
  in.section("quiet_hours", [&](YamlReader& quiet) { read_quiet_hours(quiet, policy); });
  read_group_by(in, policy);
  std::string digest;
  in.read("digest", digest);
  if (!digest.empty()) {
    const auto minute = alerts::parse_minute(digest);
    if (minute)
      policy.digest = std::chrono::minutes{*minute};
    else
      in.reject("digest: " + minute.error());
  }
}

}  // namespace tinwatch::config
