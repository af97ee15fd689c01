#pragma once

#include "dates/tokens.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// The words of dates, language by language. They are data (word_tables_*.cpp), and no code names a
/// language.
namespace tinwatch::parsers {

/// What a word of a date line is. The comments give the names that stand in the tables.
enum class DateWord {
  month,                 ///< month-1 to month-12
  solar_month,           ///< solar-1 to solar-12: of the Iranian calendar
  weekday,               ///< weekday
  morning,               ///< morning: on either side of a time
  afternoon,             ///< afternoon: the same
  noon,                  ///< noon: the same; 1 to 5 are the afternoon's
  am,                    ///< am: behind a time
  pm,                    ///< pm: the same
  hour_mark,             ///< hour-mark: behind the number of hours
  minute_mark,           ///< minute-mark
  clock,                 ///< clock: before a time, which may then be written with a full stop
  year_mark,             ///< year-mark: behind the number of the year
  month_mark,            ///< month-mark
  day_mark,              ///< day-mark
  before_year,           ///< before-year
  before_month_number,   ///< before-month-number: "tháng 4"
  filler,                ///< filler: between the parts of a date
  now,                   ///< now
  today,                 ///< today
  yesterday,             ///< yesterday
  day_before_yesterday,  ///< day-before-yesterday
  ago,                   ///< ago: behind an age
  before_age,            ///< before-age
  second,                ///< second, seconds: a unit of an age
  minute,                ///< minute
  hour,                  ///< hour
  day,                   ///< day
  week,                  ///< week
  month_unit,            ///< month
  year_unit,             ///< year
  label,                 ///< label: stands in date lines and says nothing of the date
};

/// A table is lines of `KIND: WORD, WORD`; a word may be several, divided by blanks.
struct DateWordTable {
  std::string_view language;  ///< BCP 47
  std::string_view text;
};
[[nodiscard]] std::span<const DateWordTable> date_words_west();
[[nodiscard]] std::span<const DateWordTable> date_words_east();
[[nodiscard]] std::span<const DateWordTable> date_words_asia();

/// What stands at a token.
struct FoundWord {
  int value = 0;        ///< of a month, 1 to 12
  std::size_t end = 0;  ///< the token behind it
};

/// The longest word of that kind that begins at token `at`. Where two languages differ over a word
/// ("listopad"), that of the earlier table counts.
[[nodiscard]] std::optional<FoundWord> date_word_at(const std::vector<DateToken>& tokens,
                                                    std::size_t at, DateWord kind);

/// A word that stands in date lines: a month, a weekday, a label such as "updated", a zone.
[[nodiscard]] bool is_date_word(std::string_view folded_word);

}  // namespace tinwatch::parsers
