#pragma once

#include "core/types.hpp"

#include <map>
#include <string>

namespace tinwatch {

/// How much of something each of several names may have in a day; a day is 24 hours from a name's
/// first use. Names whose day is over are forgotten: what is kept is what was used lately.
class DailyBudget {
 public:
  [[nodiscard]] int left(const std::string& name, int most, Instant now) const;
  void take(const std::string& name, int amount, Instant now);
  /// When the name's day ends; `now` when it has none.
  [[nodiscard]] Instant renewed_at(const std::string& name, Instant now) const;
  [[nodiscard]] std::size_t size() const { return days_.size(); }

 private:
  struct Day {
    Instant begun{};
    int taken = 0;
  };
  void forget_over(Instant now);

  std::map<std::string, Day> days_;
  Instant tidied_{};
};

}  // namespace tinwatch
