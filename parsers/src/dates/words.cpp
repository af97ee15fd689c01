#include "dates/words.hpp"

#include "core/text.hpp"
#include "language/words.hpp"

#include <algorithm>
#include <array>
#include <unicode/dtfmtsym.h>
#include <unordered_map>
#include <utility>

namespace tinwatch::parsers {
namespace {

/// Languages whose names of months and weekdays come from CLDR, as ICU has them.
constexpr std::array cldr_languages = {"sv", "da", "nb", "fi", "cs", "sk", "hu", "ro",   "bg",
                                       "el", "ms", "ca", "et", "lv", "lt", "sl", "hr",   "be",
                                       "sr", "mk", "he", "bn", "ka", "is", "az", "de_AT"};

constexpr std::array<std::pair<std::string_view, DateWord>, 29> kinds = {
    {{"weekday", DateWord::weekday},
     {"morning", DateWord::morning},
     {"afternoon", DateWord::afternoon},
     {"noon", DateWord::noon},
     {"am", DateWord::am},
     {"pm", DateWord::pm},
     {"hour-mark", DateWord::hour_mark},
     {"minute-mark", DateWord::minute_mark},
     {"clock", DateWord::clock},
     {"year-mark", DateWord::year_mark},
     {"month-mark", DateWord::month_mark},
     {"day-mark", DateWord::day_mark},
     {"before-year", DateWord::before_year},
     {"before-month-number", DateWord::before_month_number},
     {"filler", DateWord::filler},
     {"now", DateWord::now},
     {"today", DateWord::today},
     {"yesterday", DateWord::yesterday},
     {"day-before-yesterday", DateWord::day_before_yesterday},
     {"ago", DateWord::ago},
     {"before-age", DateWord::before_age},
     {"second", DateWord::second},
     {"minute", DateWord::minute},
     {"hour", DateWord::hour},
     {"day", DateWord::day},
     {"week", DateWord::week},
     {"month", DateWord::month_unit},
     {"year", DateWord::year_unit},
     {"label", DateWord::label}}};

/// The words by the first token of each, so that most tokens cost one look-up.
class Lexicon {
 public:
  static const Lexicon& all() {
    static const Lexicon lexicon;
    return lexicon;
  }

  [[nodiscard]] std::optional<FoundWord> find(const std::vector<DateToken>& tokens, std::size_t at,
                                              DateWord kind) const {
    if (at >= tokens.size() || tokens[at].kind != DateToken::Kind::word) return std::nullopt;
    const auto found = entries_.find(tokens[at].text);
    if (found == entries_.end()) return std::nullopt;
    std::optional<FoundWord> best;
    for (const auto& entry : found->second) {
      if (entry.kind != kind) continue;
      const auto end = at + 1 + entry.rest.size();
      if (end > tokens.size() || (best && best->end >= end)) continue;
      const bool same = std::equal(entry.rest.begin(), entry.rest.end(),
                                   tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                                   [](const auto& a, const auto& b) { return b.is(a); });
      if (same) best = FoundWord{.value = entry.value, .end = end};
    }
    return best;
  }

  /// Whether a word begins so.
  [[nodiscard]] bool contains(std::string_view word) const { return entries_.contains(word); }

 private:
  struct Entry {
    DateWord kind;
    int value;
    std::vector<std::string> rest;
  };

  Lexicon() {
    for (const auto tables : {date_words_west(), date_words_east(), date_words_asia()})
      for (const auto& table : tables)
        for (const auto line : split(table.text, '\n')) read_line(line);
    for (const auto* language : cldr_languages) read_cldr(language);
  }

  void read_line(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return;
    auto name = line.substr(0, colon);
    auto kind = DateWord::label;
    int value = 0;
    for (const auto& [prefix, numbered] : {std::pair{std::string_view("month-"), DateWord::month},
                                           {std::string_view("solar-"), DateWord::solar_month}}) {
      if (!name.starts_with(prefix) || !has_digit(name)) continue;
      value = std::stoi(std::string(name.substr(prefix.size())));
      kind = numbered;
    }
    if (value == 0)
      for (const auto& [known, meant] : kinds)
        if (known == name) kind = meant;
    for (const auto word : split(line.substr(colon + 1), ',')) add(word, kind, value);
  }

  void add(std::string_view text, DateWord kind, int value) {
    auto tokens = tokenise_date(text);
    std::erase_if(tokens, [](const auto& one) { return one.kind != DateToken::Kind::word; });
    if (tokens.empty()) return;
    Entry entry{.kind = kind, .value = value, .rest = {}};
    for (std::size_t i = 1; i < tokens.size(); ++i) entry.rest.push_back(std::move(tokens[i].text));
    auto& known = entries_[tokens.front().text];
    const bool there = std::any_of(known.begin(), known.end(), [&](const Entry& other) {
      return other.kind == kind && other.rest == entry.rest;
    });
    if (!there) known.push_back(std::move(entry));
  }

  void read_cldr(const char* language) {
    using Symbols = icu::DateFormatSymbols;
    UErrorCode status = U_ZERO_ERROR;
    const Symbols symbols(icu::Locale(language), status);
    if (U_FAILURE(status)) return;
    for (const auto use : {Symbols::FORMAT, Symbols::STANDALONE})
      for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
        std::int32_t count = 0;
        const auto* months = symbols.getMonths(count, use, width);
        for (std::int32_t i = 0; i < std::min<std::int32_t>(count, 12); ++i)
          add_name(months[i], DateWord::month, i + 1);
        const auto* days = symbols.getWeekdays(count, use, width);
        for (std::int32_t i = 1; i < count; ++i) add_name(days[i], DateWord::weekday, 0);
      }
  }

  void add_name(const icu::UnicodeString& name, DateWord kind, int value) {
    std::string text;
    name.toUTF8String(text);
    constexpr std::size_t shortest_month = 3;  // bytes; a single letter is no name
    if (has_digit(text) || (kind == DateWord::month && text.size() < shortest_month)) return;
    add(text, kind, value);
  }

  std::unordered_map<std::string, std::vector<Entry>, language::WordHash, std::equal_to<>> entries_;
};

}  // namespace

std::optional<FoundWord> date_word_at(const std::vector<DateToken>& tokens, std::size_t at,
                                      DateWord kind) {
  return Lexicon::all().find(tokens, at, kind);
}

bool is_date_word(std::string_view folded_word) { return Lexicon::all().contains(folded_word); }

}  // namespace tinwatch::parsers
