#pragma once

#include <chrono>
#include <map>
#include <string>

namespace tinwatch::log {

/// How many lines of the log one source may take: a site that makes something happen ten times a
/// second would push the lines of all others out of the journal (journald's own limit is of the
/// service as a whole). Not thread-safe.
class LineShare {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int most_a_minute = 600;

  struct Verdict {
    bool written = true;
    bool is_last = false;  ///< of this minute: say so
    int left_out = 0;      ///< of the minute before, to be told now
  };
  Verdict admit(const std::string& source, Time now);
  /// How many lines of each source were left out and not told of yet, to be told now, and once.
  [[nodiscard]] std::map<std::string, int> take_left_out();

 private:
  struct Minute {
    Time begun;
    int lines = 0;
  };
  std::map<std::string, Minute> minutes_;  // by source: names of the configuration
};

}  // namespace tinwatch::log
