#pragma once

#include "replay.hpp"

#include <array>
#include <utility>

namespace tinwatch::bench {

/// What page monitors do: every page at its own fixed interval. Articles for 30 days.
class FixedIntervals final : public Strategy {
 public:
  FixedIntervals(Duration list, Duration article) : list_(list), article_(article) {}
  Duration list_wait(Instant, int) override { return list_; }
  std::optional<Duration> article_wait(const Watched& article, Instant now, bool) override {
    if (now - article.published > std::chrono::days{30}) return std::nullopt;
    return article_;
  }

 private:
  Duration list_;
  Duration article_;
};

/// What news-diff tools did: an interval that grows with the article's age (newsdiffs' table), here
/// stretched by one factor to fit the budget.
class AgeTiers final : public Strategy {
 public:
  AgeTiers(Duration list, double stretch) : list_(list), stretch_(stretch) {}
  Duration list_wait(Instant, int) override { return list_; }
  std::optional<Duration> article_wait(const Watched& article, Instant now, bool) override {
    using namespace std::chrono_literals;
    constexpr std::array<std::pair<Duration, Duration>, 4> tiers = {
        {{3h, 15min}, {24h, 30min}, {7 * 24h, 2h}, {30 * 24h, 24h}}};
    for (const auto& [younger_than, wait] : tiers)
      if (now - article.published < younger_than)
        return Duration(static_cast<Duration::rep>(static_cast<double>(wait.count()) * stretch_));
    return std::nullopt;
  }

 private:
  Duration list_;
  double stretch_;
};

}  // namespace tinwatch::bench
