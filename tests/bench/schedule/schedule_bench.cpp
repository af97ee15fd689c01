// Years of a synthetic newspaper at one request a minute: how late new articles and edits are seen,
// and what it costs. `schedule_bench` plays the development seeds, `schedule_bench kept` the kept
// ones. Delays of all seeds are taken together.
#include "daemon_strategy.hpp"
#include "fixed_strategies.hpp"

#include <cmath>
#include <cstdio>
#include <functional>
#include <span>
#include <string_view>

namespace tinwatch::bench {
namespace {

constexpr double requests_an_hour = 60;

/// The parameter in (low, high) with which a strategy makes `wanted` article requests, to 0.2 %;
/// requests fall as the parameter rises.
double fit(double low, double high, long wanted, const std::function<long(double)>& requests) {
  for (int round = 0; round < 24; ++round) {
    const double middle = std::sqrt(low * high);
    const auto made = requests(middle);
    if (std::abs(made - wanted) * 500 <= wanted) return middle;
    (made > wanted ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

void add(const Replay& one, Replay& all) {
  for (const auto part : {&Replay::new_articles, &Replay::edits, &Replay::early_edits})
    (all.*part).insert((all.*part).end(), (one.*part).begin(), (one.*part).end());
  all.list_requests += one.list_requests;
  all.article_requests += one.article_requests;
}

Duration minutes(double value) { return Duration(static_cast<Duration::rep>(value * 60e3)); }

struct Runs {
  Replay daemon;
  Replay fixed;
  Replay tiers;
};

/// The daemon's policy, and the two others at its requests, lists and articles apart.
void play(const NewsYear& year, Runs& runs) {
  DaemonStrategy daemon(requests_an_hour);
  const auto ours = replay(year, daemon);
  add(ours, runs.daemon);
  const auto list = minutes(days_in_year * 24 * 60.0 / static_cast<double>(ours.list_requests));
  const auto play_fixed = [&](double at) {
    FixedIntervals strategy(list, minutes(at));
    return replay(year, strategy);
  };
  const auto play_tiers = [&](double at) {
    AgeTiers strategy(list, at);
    return replay(year, strategy);
  };
  const auto interval = fit(5, 1e5, ours.article_requests,
                            [&](double at) { return play_fixed(at).article_requests; });
  add(play_fixed(interval), runs.fixed);
  const auto stretch = fit(0.05, 100, ours.article_requests,
                           [&](double at) { return play_tiers(at).article_requests; });
  add(play_tiers(stretch), runs.tiers);
}

void print(const char* name, const Replay& run, std::size_t years) {
  std::printf("  %-14s %8zu %8zu   %6.2f %6.2f   %7.2f %8.1f   %6.2f %6.2f\n", name,
              static_cast<std::size_t>(run.list_requests) / years,
              static_cast<std::size_t>(run.article_requests) / years,
              quantile(run.new_articles, 0.5), quantile(run.new_articles, 0.95),
              quantile(run.edits, 0.5), quantile(run.edits, 0.95), quantile(run.early_edits, 0.5),
              quantile(run.early_edits, 0.95));
}

void print_ratio(const char* name, const Replay& ours, const Replay& other) {
  const auto ratio = [](const std::vector<double>& a, const std::vector<double>& b, double share) {
    return quantile(a, share) / quantile(b, share);
  };
  std::printf("  %-14s %17.4f   %6.2f %6.2f   %7.2f %8.2f\n", name,
              static_cast<double>(ours.requests()) / static_cast<double>(other.requests()),
              ratio(ours.new_articles, other.new_articles, 0.5),
              ratio(ours.new_articles, other.new_articles, 0.95),
              ratio(ours.edits, other.edits, 0.5), ratio(ours.edits, other.edits, 0.95));
}

void play(std::span<const std::uint32_t> seeds, bool rhythm) {
  Runs runs;
  for (const auto seed : seeds) play(make_news_year(seed, rhythm), runs);
  std::printf("%zu years of a newspaper %s rhythm; requests are those of one year\n", seeds.size(),
              rhythm ? "with" : "without");
  std::puts(
      "                     requests         new (min)         edits (min)       edits of 3 h");
  std::puts("                     list  article     p50    p95       p50      p95      p50    p95");
  print("tinwatch", runs.daemon, seeds.size());
  print("fixed", runs.fixed, seeds.size());
  print("age tiers", runs.tiers, seeds.size());
  print_ratio("/ fixed", runs.daemon, runs.fixed);
  print_ratio("/ age tiers", runs.daemon, runs.tiers);
}

}  // namespace
}  // namespace tinwatch::bench

int main(int argc, char** argv) {
  using namespace tinwatch::bench;
  const bool kept = argc > 1 && std::string_view(argv[1]) == "kept";
  const auto seeds = kept ? std::span<const std::uint32_t>(kept_seeds)
                          : std::span<const std::uint32_t>(development_seeds);
  play(seeds, true);
  play(seeds, false);
}
