#pragma once

#include "core/record.hpp"
#include "core/types.hpp"
#include "monitor/habit.hpp"
#include "monitor/rhythm.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::monitor {

/// What a source usually brings, so that its silence is noticed. Times are of the rhythm's clock.
class Volume {
 public:
  /// An article came.
  void note(Instant at);
  /// The clock was set: what was noted goes on to be as long ago as it is.
  void clock_was_set(Duration by);
  /// Articles to be expected between two times, by the rate of the last weeks and the hours in
  /// which the source publishes; 0 while little is known.
  [[nodiscard]] double expected(Instant from, Instant to, const Rhythm& rhythm) const;

 private:
  double recent_ = 0;  // articles, those of long ago for less
  Instant first_{};
  Instant last_{};
};

/// So many articles that should have come make a silence: at random (Poisson) one such gap in over
/// a hundred thousand.
inline constexpr double expected_in_silence = 12;

/// Fields whose absence on all pages says that a site was built anew, and not what an editor did.
enum class Field { date, author, section, lead, body };
inline constexpr std::size_t field_count = 5;
[[nodiscard]] std::string_view label(Field field);
[[nodiscard]] std::optional<Field> field_from(std::string_view label);

/// Which of them a page fills.
using Filled = std::array<bool, field_count>;
[[nodiscard]] Filled filled_fields(const ArticleRecord& record);
/// Fields that `before` fills and `after` does not.
[[nodiscard]] std::vector<Field> lost_fields(const ArticleRecord& before,
                                             const ArticleRecord& after);

/// Which a page of an article fills, and which it was expected to fill.
struct PageFields {
  Filled has{};
  Filled expected{};
};
/// `before`: as the article was; null: it was not known, and everything is expected.
[[nodiscard]] PageFields compared_fields(const ArticleRecord* before, const ArticleRecord& after);

/// How often a source's pages fill each field, against their own history.
class FillRatio {
 public:
  /// A page of an article was read. What is not expected says nothing where it is not there: an
  /// article that never had an author has not lost him.
  void note(const PageFields& page, Instant now);
  /// The clock was set: what was noted goes on to be as long ago as it is.
  void clock_was_set(Duration by);
  /// Takes up where an earlier run ended: these are missing.
  void restore_drift(const std::vector<Field>& fields);

  /// Fields that most pages had and the last twenty hardly have.
  [[nodiscard]] std::vector<Field> drifted() const;
  /// When a page had it last.
  [[nodiscard]] std::optional<Instant> last_filled(Field field) const {
    return last_filled_[static_cast<std::size_t>(field)];
  }

 private:
  std::array<Habit, field_count> habits_{};
  std::array<std::optional<Instant>, field_count> last_filled_{};
  double pages_ = 0;
};

}  // namespace tinwatch::monitor
