#pragma once

#include "core/types.hpp"

#include <optional>

namespace tinwatch::monitor {

/// How often a list or an article is looked at. `min == max` is a fixed interval.
struct Interval {
  Duration min = std::chrono::minutes{2};
  Duration max = std::chrono::hours{6};
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// When to look at a list again: half the last wait when it brought something new, one and a half
/// times when not, within `interval`.
[[nodiscard]] Duration next_list_wait(Duration last, bool something_new, const Interval& interval);

/// When to look at an article of age `age` again: often while it is fresh, rarely when it is old
/// (15 min under 3 h, 30 min under a day, 2 h under a week, daily under 30 days, weekly under 180,
/// then monthly). `fixed`, where given, wins.
[[nodiscard]] Duration next_article_wait(Duration age, std::optional<Duration> fixed);

}  // namespace tinwatch::monitor
