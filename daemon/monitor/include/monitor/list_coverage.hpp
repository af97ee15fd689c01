#pragma once

#include "core/types.hpp"
#include "monitor/habit.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace tinwatch::monitor {

/// A source's lists, feeds and sitemaps, checked against each other: one that used to name what the
/// others find, and does not any more, is stuck, broken or read wrongly. As long as another one
/// names the news nothing is missed; nobody would notice before that one fails too.
class ListCoverage {
 public:
  /// A list was asked for, and answered or not.
  void note_visit(const std::string& list, bool answered, Instant now);
  /// It was read, and names these articles.
  void note_names(const std::string& list, const std::vector<std::string>& urls, Instant now);
  /// An article came out at `url`, whichever list named it.
  void note_article(const std::string& url, Instant now);

  /// The clock was set: what was noted goes on to be as long ago as it is.
  void clock_was_set(Duration by);
  /// Lists that named most articles and hardly named the last twenty. An article counts half a day
  /// after it was found, for the lists that were asked since then or wait after a failure.
  [[nodiscard]] std::vector<std::string> broken(Instant now);
  /// Takes up where an earlier run ended: these were broken.
  void restore_broken(const std::vector<std::string>& lists, Instant now);

 private:
  struct List {
    Instant complete_since{};  ///< what came out since then it could have named
    Instant last_visit{};
    bool fails = false;
    std::vector<std::uint64_t> names;  // hashes of URLs, ascending
    double judged = 0;                 // articles
    Habit habit;
  };
  struct Article {
    std::uint64_t url = 0;
    Instant found{};
    std::vector<const List*> named_by;
  };
  void judge(const Article& article);
  static bool is_named(const Article& article, const List& list);

  std::map<std::string, List> lists_;
  std::deque<Article> recent_;  // not judged yet, in the order they came
};

}  // namespace tinwatch::monitor
