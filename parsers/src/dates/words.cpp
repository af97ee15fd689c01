#include "dates/words.hpp"

#include "core/text.hpp"
#include "language/words.hpp"

#include <algorithm>
#include <array>
#include <unicode/dtfmtsym.h>
#include <unordered_map>

namespace tinwatch::parsers {
namespace {

/// Languages whose names of months and weekdays come from CLDR, as ICU has them.
constexpr std::array cldr_languages = {"fi", "hu", "ro", "bg", "el", "ms", "ca",
                                       "et", "lv", "lt", "sl", "hr", "be", "sr",
                                       "mk", "he", "bn", "ka", "is", "az", "de_AT"};

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
      const auto end = end_of(tokens, at + 1, entry.rest);
      if (end && (!best || best->end < *end)) best = FoundWord{.value = entry.value, .end = *end};
    }
    return best;
  }

  /// Whether a word begins so.
  [[nodiscard]] bool contains(std::string_view word) const { return entries_.contains(word); }

 private:
  /// The token behind these words, where they stand at `at`. Marks inside of a word part tokens:
  /// "aujourd'hui", "avant-hier".
  static std::optional<std::size_t> end_of(const std::vector<DateToken>& tokens, std::size_t at,
                                           const std::vector<std::string>& rest) {
    constexpr std::string_view inner = "'’ʼ-‐";
    for (const auto& word : rest) {
      const bool mark = at + 1 < tokens.size() && tokens[at].kind == DateToken::Kind::mark &&
                        inner.find(tokens[at].text) != inner.npos && !tokens[at].gap &&
                        !tokens[at + 1].gap;
      if (mark) ++at;
      if (at >= tokens.size() || !tokens[at].is(word)) return std::nullopt;
      ++at;
    }
    return at;
  }

  struct Entry {
    DateWord kind;
    int value;
    std::vector<std::string> rest;
  };

  Lexicon() {
    const auto& words = language::Words::all();
    for (auto kind = static_cast<int>(DateWord::month);
         kind <= static_cast<int>(DateWord::date_line); ++kind)
      for (const auto& word : words.listed(static_cast<DateWord>(kind))) {
        if (says_what_a_date_is(static_cast<DateWord>(kind)))
          add_each(word.text);
        else
          add(word.text, static_cast<DateWord>(kind), word.number);
      }
    for (const auto* language : cldr_languages) read_cldr(language);
  }

  [[nodiscard]] static bool says_what_a_date_is(DateWord kind) {
    return kind == DateWord::published || kind == DateWord::updated || kind == DateWord::dated;
  }

  /// Words that stand before a date, each by itself: "last updated".
  void add_each(std::string_view text) {
    for (const auto& token : tokenise_date(text)) add(token.text, DateWord::date_line, 0);
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
