#pragma once

#include "telemetry/log.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::log {

/// The same line over and over: written once a minute, and the others counted. Not thread-safe.
class Repeats {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::minutes apart{1};
  /// Of different lines: what comes beyond is written as it comes.
  static constexpr std::size_t most = 1000;

  /// A line that was left out so many times.
  struct Counted {
    Level level = Level::warning;
    std::string sentence;
    std::vector<Field> fields;  ///< by which it is the same
    int times = 0;
  };

  /// Of a line that is the same by its sentence and `fields`: how often it was left out before this
  /// one, which is written; nothing: this one is left out.
  [[nodiscard]] std::optional<int> admit(Level level, std::string_view sentence,
                                         std::span<const Field> fields, Time now);
  /// A line that was admitted is left out all the same, with the `times` that it was to tell of.
  void put_back(std::string_view sentence, std::span<const Field> fields, int times);
  /// What was left out and did not come again within the minute, to be told now, and once.
  [[nodiscard]] std::vector<Counted> take_due(Time now);
  [[nodiscard]] std::vector<Counted> take_all();

 private:
  struct Line {
    Time written_at;
    Counted counted;
  };
  std::map<std::string, Line, std::less<>> lines_;
  Time next_due_ = Time::max();  // none is due before
};

}  // namespace tinwatch::log
