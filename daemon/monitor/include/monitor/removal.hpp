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
/// checks, back to live by two that found it, `over` apart; `.missing` always comes before
/// `.removed`. An article that is there at one look and not at the next is served by several
/// machines, one of which lacks it: each such flicker of the last day makes `.missing` need twice
/// as many checks over twice as long, up to eight times, and `.removed` as many confirmations more
/// within its time, which begins anew whenever the article was there.
[[nodiscard]] Verdict judge(const Absence& before, Check check, Instant now,
                            const RemovalSettings& settings);

/// How soon to look again at an article that failed its last check, so that confirmations come
/// when they may count. While it was not told as missing it is looked at more often than that
/// takes: any look that finds it says that it is there.
[[nodiscard]] Duration recheck_after(const Absence& absence, const RemovalSettings& settings,
                                     Instant now);

}  // namespace tinwatch::monitor
