#pragma once

#include "core/model.hpp"

namespace tinwatch::monitor {

/// How many failing checks, spread over how long, make an article missing and then removed.
struct RemovalSettings {
  int missing_after = 2;
  Duration over = std::chrono::minutes{5};
  int confirmations = 3;
  Duration confirm_over = std::chrono::hours{24};
  int gone_confirmations = 2;  ///< for 410 Gone, which says so outright
  friend bool operator==(const RemovalSettings&, const RemovalSettings&) = default;
};

/// What one more check tells. Transport errors are no checks: they are never given here.
enum class Check { found, not_found, gone };

struct Verdict {
  Absence absence;
  enum class Event { none, missing, removed, returned } event = Event::none;
};

/// The next state of an article that was checked at `now`. live -> missing -> removed by failing
/// checks, back to live by one that found it; `.missing` always comes before `.removed`.
[[nodiscard]] Verdict judge(const Absence& before, Check check, Instant now,
                            const RemovalSettings& settings);

/// How soon to look again at an article that failed its last check, so that confirmations come
/// when they may count.
[[nodiscard]] Duration recheck_after(const Absence& absence, const RemovalSettings& settings);

}  // namespace tinwatch::monitor
