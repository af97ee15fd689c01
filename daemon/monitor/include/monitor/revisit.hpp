#pragma once

#include "core/types.hpp"
#include "monitor/rhythm.hpp"

namespace tinwatch::monitor {

/// How often a list or an article is looked at. `min == max` is a fixed interval.
struct Interval {
  Duration min = std::chrono::minutes{2};
  Duration max = std::chrono::hours{6};
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// What is known of an article's changes.
struct EditHistory {
  Instant published;
  int edits = 0;  ///< seen until now
};

/// What is known of a site: when it publishes, and how much it edits what it published.
struct Habit {
  Rhythm rhythm;
  double edits_an_article = 0.6;  ///< over an article's life, on average
};

/// The average after so many articles with so many edits, most of them young: what is known of
/// other papers counts as 50 articles.
[[nodiscard]] double edits_an_article(double articles, double edits);

/// The daemon spends a host's requests where they bring most: see docs/scheduling.md. One number,
/// the price, says how scarce they are; it rises while more requests are made than the budget
/// allows. Waits carry no jitter yet. Cost: below a microsecond a call (`./dev bench`).

/// When to look at a list again that was just read: after `price` hours, later in hours in which
/// the site hardly publishes, within `interval`.
[[nodiscard]] Duration next_list_wait(Instant now, const Rhythm& rhythm, double price,
                                      const Interval& interval);

/// When to look at an article again that was just read. At a low price: 15 min under 3 h, 30 min
/// under a day, 2 h under a week, daily under 30 days, weekly under 180, then monthly; up to four
/// times sooner for one that is edited much, twice later for one that is not. As the price rises,
/// those older than 3 h wait longer, up to 8 h, and above that the ones that will hardly change
/// wait for days.
[[nodiscard]] Duration next_article_wait(Instant now, const EditHistory& article,
                                         const Habit& habit, double price);

/// The price at which a host is asked as often as its budget allows: it follows the requests that
/// were made, slowly, over a day and its night.
class Price {
 public:
  /// `first`: the price to begin with.
  Price(double requests_an_hour, double first) : allowed_(requests_an_hour), price_(first) {}
  [[nodiscard]] double now() const { return price_; }
  void note_request(Instant at);

 private:
  double allowed_;
  double price_;
  double made_ = 0;  // requests of the last day, those of long ago for less
  Instant last_{};
  Instant corrected_{};
};

/// What one host is asked for: a third of its requests at most are for lists.
struct HostPrices {
  explicit HostPrices(double requests_an_hour)
      : lists(requests_an_hour / 3, 3.0 / requests_an_hour), all(requests_an_hour, 1e-4) {}
  Price lists;
  Price all;
};

}  // namespace tinwatch::monitor
