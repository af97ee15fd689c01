// A year of a synthetic newspaper at one request a minute: how late new articles and edits are
// seen, and what it costs. `schedule_bench` plays the development seeds, `schedule_bench kept` the
// kept ones.
#include "fixed_strategies.hpp"

#include <cmath>
#include <cstdio>
#include <functional>
#include <string_view>

namespace tinwatch::bench {
namespace {

using namespace std::chrono_literals;

constexpr long budget = static_cast<long>(days_in_year) * 24 * 60;

/// The parameter in (low, high) with which a strategy makes `wanted` article requests, to 0.5 %;
/// requests fall as the parameter rises.
double fit(double low, double high, long wanted, const std::function<long(double)>& requests) {
  for (int round = 0; round < 24; ++round) {
    const double middle = std::sqrt(low * high);
    const auto made = requests(middle);
    if (std::abs(made - wanted) * 200 <= wanted) return middle;
    (made > wanted ? low : high) = middle;
  }
  return std::sqrt(low * high);
}

void print(const char* name, const Replay& run) {
  std::printf("  %-10s %8ld %8ld   %6.2f %6.2f   %7.2f %8.1f   %6.2f %6.2f\n", name,
              run.list_requests, run.article_requests, quantile(run.new_articles, 0.5),
              quantile(run.new_articles, 0.95), quantile(run.edits, 0.5), quantile(run.edits, 0.95),
              quantile(run.early_edits, 0.5), quantile(run.early_edits, 0.95));
}

void play(std::uint32_t seed, bool rhythm) {
  const auto year = make_news_year(seed, rhythm);
  std::printf("seed %u, %s: %zu articles\n", seed, rhythm ? "with rhythm" : "without rhythm",
              year.articles.size());
  const Duration list = 4min;
  const long articles = budget - budget / 4;
  const auto interval = [](double minutes) {
    return Duration(static_cast<Duration::rep>(minutes * 60e3));
  };
  const auto minutes = fit(5, 1e5, articles, [&](double at) {
    FixedIntervals strategy(list, interval(at));
    return replay(year, strategy).article_requests;
  });
  FixedIntervals fixed(list, interval(minutes));
  print("fixed", replay(year, fixed));
  const auto stretch = fit(0.05, 100, articles, [&](double at) {
    AgeTiers strategy(list, at);
    return replay(year, strategy).article_requests;
  });
  AgeTiers tiers(list, stretch);
  print("age tiers", replay(year, tiers));
}

}  // namespace
}  // namespace tinwatch::bench

int main(int argc, char** argv) {
  using namespace tinwatch::bench;
  std::puts("               requests          new (min)        edits (min)        edits of 3 h");
  std::puts("               list  article      p50    p95       p50      p95       p50    p95");
  const bool kept = argc > 1 && std::string_view(argv[1]) == "kept";
  const auto play_both = [](std::uint32_t seed) {
    play(seed, true);
    play(seed, false);
  };
  if (kept)
    for (const auto seed : kept_seeds) play_both(seed);
  else
    for (const auto seed : development_seeds) play_both(seed);
}
