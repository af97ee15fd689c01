#pragma once

#include "core/record.hpp"
#include "dates/tokens.hpp"
#include "dates/words.hpp"

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

/// The forms in which pages print dates, times and zones, as patterns over tokens. Each function
/// looks at one place and answers what stands there; whether such a day exists is asked later.
namespace tinwatch::parsers {

inline constexpr int first_year = 1900;  ///< of what is read as a year
inline constexpr int last_year = 2100;

struct FoundTime {
  int hour = 0;
  int minute = 0;
  int second = 0;
  DatePrecision precision = DatePrecision::minute;
  bool possible = true;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A date found among tokens [begin, end); a year of 0 is not printed.
struct FoundDate {
  int year = 0;
  int month = 1;
  int day = 1;
  DatePrecision precision = DatePrecision::day;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::optional<FoundTime> time = std::nullopt;  ///< printed inside of the date
};

/// Looks at tokens without running off their end.
class TokenView {
 public:
  explicit TokenView(const std::vector<DateToken>& tokens) : tokens_(tokens) {}
  const DateToken& operator[](std::size_t at) const {
    static const DateToken nothing;
    return at < tokens_.size() ? tokens_[at] : nothing;
  }
  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] std::optional<FoundWord> word(std::size_t at, DateWord kind) const {
    return date_word_at(tokens_, at, kind);
  }
  /// Whether such a word ends right before token `at`.
  [[nodiscard]] bool word_before(std::size_t at, DateWord kind) const {
    constexpr std::size_t longest = 3;  // tokens of those that stand before something
    for (std::size_t n = 1; n <= longest && n <= at; ++n)
      if (const auto found = word(at - n, kind); found && found->end == at) return true;
    return false;
  }

 private:
  const std::vector<DateToken>& tokens_;
};

[[nodiscard]] inline bool is_word(const DateToken& token,
                                  std::initializer_list<std::string_view> any) {
  return token.kind == DateToken::Kind::word &&
         std::find(any.begin(), any.end(), token.text) != any.end();
}

[[nodiscard]] inline bool is_mark(const DateToken& token, std::string_view marks) {
  return token.kind == DateToken::Kind::mark && !token.text.empty() &&
         marks.find(token.text) != std::string_view::npos;
}

/// The date that begins at token `at`, in any form; without a year too.
[[nodiscard]] std::optional<FoundDate> date_at(const TokenView& t, std::size_t at,
                                               bool month_first);
/// The time that begins at token `at`, with AM and PM, SA and CH applied.
[[nodiscard]] std::optional<FoundTime> time_at(const TokenView& t, std::size_t at);
/// The time nearest to the date: "17:25 12/02/2026" as well as "12/02/2026 17:25".
[[nodiscard]] std::optional<FoundTime> nearest_time(const TokenView& t, const FoundDate& date);

/// An offset among tokens up to `end`.
struct FoundZone {
  std::chrono::minutes offset{0};
  std::size_t end = 0;
  bool spelled = false;  ///< with its minutes: +00:00, +0000
};
/// "(GMT+7)", "+07:00", "+0700", "Z", "CEST" at token `at`. `local` is the offset of the paper
/// itself: CST is China's time in China.
[[nodiscard]] std::optional<FoundZone> zone_at(const TokenView& t, std::size_t at,
                                               std::chrono::minutes local);

}  // namespace tinwatch::parsers
