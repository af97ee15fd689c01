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

/// How often a site edits an article, after so many articles with so many edits. What is known of
/// other papers counts as 50 articles.
[[nodiscard]] double edits_an_article(double articles, double edits);

/// The daemon spends a host's requests where they bring most: see docs/scheduling.md. One number,
/// the price, says how scarce they are; it rises while more requests are made than the budget
/// allows. Waits carry no jitter yet.

/// When to look at a list again that was just read: after `price` hours, later for one that names
/// only a `share` of the site's new articles first, and in hours in which the site hardly
/// publishes; within `interval`. `now` is of the rhythm's clock.
[[nodiscard]] Duration next_list_wait(Instant now, const Rhythm& rhythm, double share, double price,
                                      const Interval& interval);

/// When to look at an article again that was just read. At a low price: 15 min under 3 h, 30 min
/// under a day, 2 h under a week, daily under 30 days, weekly under 180, then monthly; up to four
/// times sooner for one that is edited much, twice later for one that is not. As the price rises,
/// those older than 3 h wait longer, up to 7 h, and above that checks are made only where they are
/// expected to find something: by day rather than by night, and of articles that will hardly change
/// after days only. Times are of the rhythm's clock.
[[nodiscard]] Duration next_article_wait(Instant now, const EditHistory& article,
                                         double edits_an_article, const Rhythm& rhythm,
                                         double price);

/// The price at which a host is asked as often as its budget allows: it follows the requests that
/// were made, slowly, over a day and its night.
class Price {
 public:
  /// Begins with the price `first` and never asks more than `highest`.
  Price(double requests_an_hour, double first, double highest)
      : allowed_(requests_an_hour), price_(first), highest_(highest) {}
  [[nodiscard]] double now() const { return price_; }
  /// Another budget from now on; what was made counts as the same share of it.
  void allow(double requests_an_hour) {
    made_ *= requests_an_hour / allowed_;
    allowed_ = requests_an_hour;
  }
  void note_request(Instant at);

 private:
  double allowed_;
  double price_;
  double highest_;
  double made_ = 0;  // requests of the last day, those of long ago for less
  Instant last_{};
  Instant corrected_{};
};

/// What is paid for one host. A third of its requests at most are for lists: their price is a wait
/// in hours. That of articles is a rate: edits expected in an hour.
struct HostPrices {
  explicit HostPrices(double requests_an_hour)
      : lists(requests_an_hour / 3, 3 / requests_an_hour, 6),
        articles(requests_an_hour, 1e-4, 0.01) {}
  void allow(double requests_an_hour) {
    lists.allow(requests_an_hour / 3);
    articles.allow(requests_an_hour);
  }
  Price lists;
  Price articles;
};

}  // namespace tinwatch::monitor
