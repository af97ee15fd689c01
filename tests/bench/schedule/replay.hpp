#pragma once

#include "newspaper.hpp"

#include <optional>

namespace tinwatch::bench {

/// What a strategy knows of an article it watches.
struct Watched {
  Instant published;
  Instant found;
  int edits = 0;  ///< seen
};

/// Decides when a page is asked for again. Asked after every answer.
class Strategy {
 public:
  virtual ~Strategy() = default;
  /// After the list was read at `now` and named so many new articles.
  virtual Duration list_wait(Instant now, int found) = 0;
  /// After an article was read at `now`; nothing: never again.
  virtual std::optional<Duration> article_wait(const Watched& article, Instant now,
                                               bool edited) = 0;
};

/// Delays of the articles and of the edits of their first 30 days, in minutes. An edit that was
/// made before its article was found cannot be seen by anybody and is left out.
struct Replay {
  std::vector<double> new_articles;
  std::vector<double> edits;
  std::vector<double> early_edits;  ///< of an article's first 3 hours
  long list_requests = 0;
  long article_requests = 0;  ///< the first one of each article too
  [[nodiscard]] long requests() const { return list_requests + article_requests; }
};

/// Plays a year: the list names every article that is out, an article is read once when it is
/// found.
[[nodiscard]] Replay replay(const NewsYear& year, Strategy& strategy);

/// The value below which `share` of the delays lie; 0 of none.
[[nodiscard]] double quantile(std::vector<double> delays, double share);

}  // namespace tinwatch::bench
