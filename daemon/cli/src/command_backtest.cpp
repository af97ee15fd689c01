#include "answers.hpp"
#include "commands.hpp"
#include "core/text.hpp"
#include "replay.hpp"

#include <boost/json.hpp>

#include <array>
#include <cstdio>
#include <map>
#include <stdexcept>

/// What a watch would have raised on what is stored.
namespace tinwatch::cli {
namespace {

namespace json = boost::json;

/// So many revisions, from `estimated_since` on, are what `check` estimates by.
constexpr std::size_t most_estimated = 20'000;
constexpr double most_hits_a_day = 50;
constexpr auto estimated_since = "30d";

struct Asked {
  watch::Watch of;
  bool baseline = false;
  bool backfill = false;

  [[nodiscard]] bool includes(Discovery discovery) const {
    return discovery == Discovery::live || (discovery == Discovery::baseline ? baseline : backfill);
  }
};

Asked asked_for(const config::Config& config, const BacktestOptions& options) {
  if (options.watch.empty() == options.query.empty())
    throw std::invalid_argument("name a --watch of the configuration, or give a --query");
  if (!options.watch.empty()) {
    for (const auto& watch : config.watches)
      if (watch.name == options.watch && watch.query)
        return {{watch.name, watch.query}, watch.include_baseline, watch.include_backfill};
    throw std::invalid_argument("the configuration has no sound watch '" + options.watch + "'");
  }
  const auto mode = watch::mode_from(options.mode);
  if (!mode) throw std::invalid_argument("--mode must be exact, tone, fold or auto");
  auto query = watch::Query::parse(options.query, {.mode = *mode, .aliases = config.aliases});
  if (!query) throw std::invalid_argument("query: " + query.error().text());
  for (const auto& warning : query->warnings()) complain("warning: query: " + warning.text());
  return {{"query", std::make_shared<const watch::Query>(std::move(*query))},
          options.baseline,
          options.baseline};
}

json::object found_json(const Replayed& revision, const watch::WatchHit& hit) {
  json::object out{{"time", revision.observed_at},
                   {"source", revision.source},
                   {"article", revision.article},
                   {"revision", revision.revision},
                   {"url", revision.url},
                   {"headline", revision.headline},
                   {"transition", label(hit.transition)}};
  auto& hits = out["hits"].emplace_array();
  for (const auto& one : hit.hits) {
    json::object item{{"field", one.field},
                      {"offset", one.offset},
                      {"words", one.words},
                      {"sentence", one.sentence}};
    if (!one.before.empty()) item["before"] = one.before;
    if (one.in_old_text) item["inOldText"] = true;
    hits.push_back(std::move(item));
  }
  return out;
}

void print_found(const Replayed& revision, const watch::WatchHit& hit) {
  print(revision.observed_at + "  " + padded(std::string(label(hit.transition)), 11) + "  " +
        padded(revision.source, 14) + "  " + revision.headline);
  if (hit.hits.empty()) return;
  const auto& first = hit.hits.front();
  if (!first.before.empty()) print("    - " + clipped(first.before, 300));
  print("    " + std::string(first.before.empty() ? "  " : "+ ") + clipped(first.sentence, 300));
}

std::string per_day(double hits, double days) {
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%.1f", hits / days);
  return out.data();
}

}  // namespace

Exit backtest(const std::string& config, const BacktestOptions& options) {
  return refusable([&] {
    const StoreAccess store(config);
    const auto asked = asked_for(store.config(), options);
    const auto set = watch::WatchSet::compile({asked.of});
    std::size_t hits = 0;
    const auto count =
        replay(store, *set, {.since = options.since, .until = options.until, .most = 0},
               [&](const Replayed& revision, const watch::WatchSet::Found& found) {
                 if (!asked.includes(revision.discovery)) return;
                 ++hits;
                 if (options.format == "json")
                   print_json(found_json(revision, found.hit));
                 else
                   print_found(revision, found.hit);
               });
    if (count.damaged > 0)
      complain(std::to_string(count.damaged) +
               " revisions could not be read; see 'tinwatch verify'");
    remark(std::to_string(hits) + " hits in " + std::to_string(count.revisions) + " revisions" +
           (count.revisions == 0
                ? std::string()
                : " from " + count.first + " to " + count.last + ": " +
                      per_day(static_cast<double>(hits), count.days()) + " a day"));
    return Exit::done;
  });
}

void remark_busy_watches(const config::Config& config) {
  if (config.watches.empty()) return;
  try {
    const StoreAccess store(config, StoreAccess::by_the_way);
    std::vector<watch::Watch> watches;
    for (const auto& watch : config.watches) watches.push_back({watch.name, watch.query});
    const auto set = watch::WatchSet::compile(std::move(watches));
    std::map<std::size_t, std::size_t> hits;
    const auto count =
        replay(store, *set, {.since = estimated_since, .until = "", .most = most_estimated},
               [&](const Replayed& revision, const watch::WatchSet::Found& found) {
                 const auto& watch = config.watches[found.watch];
                 const Asked asked{{}, watch.include_baseline, watch.include_backfill};
                 if (asked.includes(revision.discovery)) ++hits[found.watch];
               });
    for (const auto& [place, found] : hits) {
      if (static_cast<double>(found) / count.days() <= most_hits_a_day) continue;
      remark(config.file + ": warning: watches: " + config.watches[place].name +
             ": would have hit " + per_day(static_cast<double>(found), count.days()) +
             " times a day in the " + std::to_string(count.revisions) + " revisions from " +
             count.first + " to " + count.last);
    }
  } catch (const Refused&) {
    return;  // the daemon has other troubles; who looks for them asks elsewhere
  } catch (const std::exception&) {
    return;  // no history yet, none that this user may read, or not in time
  }
}

}  // namespace tinwatch::cli
