#include "dates/tokens.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <memory>
#include <unicode/dtfmtsym.h>
#include <unicode/uchar.h>
#include <unordered_map>
#include <unordered_set>

namespace tinwatch::parsers {
namespace {

/// Where two languages differ over a word ("listopad"), the earlier one here wins.
constexpr const char* languages[] = {"en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb",
                                     "fi", "pl", "cs", "sk", "hu", "ro", "ru", "uk", "bg", "tr",
                                     "el", "id", "ms", "ca", "et", "lv", "lt", "sl", "hr", "de_AT"};

const std::unordered_set<std::string_view>& labels() {
  static const std::unordered_set<std::string_view> words = {
      // English
      "published", "updated", "posted", "created", "modified", "last", "first", "on", "at", "date",
      "am", "pm", "a", "p", "m", "of", "st", "nd", "rd", "th", "gmt", "utc", "z", "t", "est", "edt",
      "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "pt", "cet", "cest", "bst", "ist",
      "amt",
      // German, French, Spanish, Portuguese, Italian, Dutch
      "uhr", "um", "vom", "den", "stand", "veröffentlicht", "aktualisiert", "erstellt", "le", "mis",
      "à", "jour", "publié", "modifié", "h", "el", "de", "del", "publicado", "actualizado",
      "atualizado", "em", "às", "feira", "il", "alle", "pubblicato", "op", "gepubliceerd", "er",
      // Vietnamese
      "ngày", "tháng", "năm", "lúc", "giờ", "phút", "cập", "nhật", "đăng", "thứ", "chủ", "sa", "ch",
      "sáng", "chiều", "tối", "cn", "trước", "cách", "đây", "hôm", "qua", "nay", "giây", "tuần",
      "vừa", "xong",
      // Ages
      "ago", "yesterday", "today", "second", "seconds", "minute", "minutes", "min", "mins", "hour",
      "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"};
  return words;
}

std::unordered_map<std::string, int> read_month_names() {
  std::unordered_map<std::string, int> out;
  for (const auto* language : languages) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(language), status);
    if (U_FAILURE(status)) continue;
    for (const auto use : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE})
      for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
        std::int32_t count = 0;
        const auto* names = symbols.getMonths(count, use, width);
        for (std::int32_t i = 0; i < std::min<std::int32_t>(count, 12); ++i) {
          std::string name;
          names[i].toUTF8String(name);
          name = fold_case(nfc(name));
          while (!name.empty() && name.back() == '.') name.pop_back();
          const bool one_word = name.find(' ') == std::string::npos && name.size() >= 3;
          if (one_word && !has_digit(name)) out.emplace(std::move(name), i + 1);
        }
      }
  }
  for (const auto& [name, month] : {std::pair{"sept", 9}, {"setiembre", 9}, {"marz", 3}})
    out.emplace(name, month);
  return out;
}

std::unordered_set<std::string> read_weekday_names() {
  std::unordered_set<std::string> out = {"hai", "ba", "tư", "năm", "sáu", "bảy", "nhật"};
  for (const auto* language : languages) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu::Locale(language), status);
    if (U_FAILURE(status)) continue;
    for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
      std::int32_t count = 0;
      const auto* names = symbols.getWeekdays(count, icu::DateFormatSymbols::FORMAT, width);
      for (std::int32_t i = 1; i < count; ++i) {
        std::string name;
        names[i].toUTF8String(name);
        name = fold_case(nfc(name));
        while (!name.empty() && name.back() == '.') name.pop_back();
        // "segunda-feira" is two tokens.
        for (const auto part : split(name, '-')) out.insert(std::string(part));
      }
    }
  }
  return out;
}

}  // namespace

bool is_date_word(std::string_view folded_word) {
  static const auto weekdays = read_weekday_names();
  return labels().contains(folded_word) || weekdays.contains(std::string(folded_word)) ||
         month_of(folded_word) != 0;
}

std::vector<DateToken> tokenise_date(std::string_view text) {
  const auto folded = fold_case(nfc(text));
  std::vector<DateToken> out;
  bool gap = false;
  for (std::size_t at = 0; at < folded.size();) {
    const auto start = at;
    const auto c = next_code_point(folded, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) != 0) {
      gap = true;
      continue;
    }
    DateToken token{.gap = gap};
    gap = false;
    const auto take_while = [&](auto is_part) {
      auto end = at;
      while (at < folded.size()) {
        const auto next = next_code_point(folded, at);
        if (!is_part(next)) break;
        end = at;
      }
      at = end;
    };
    if (c >= '0' && c <= '9') {
      token.kind = DateToken::Kind::number;
      take_while([](char32_t next) { return next >= '0' && next <= '9'; });
    } else if (u_isalpha(static_cast<UChar32>(c)) != 0) {
      token.kind = DateToken::Kind::word;
      // Each ideograph is a word of its own: 2024年1月5日.
      if (c < 0x2E80 || c >= 0xAC00)
        take_while([](char32_t next) {
          return u_isalpha(static_cast<UChar32>(next)) != 0 && (next < 0x2E80 || next >= 0xAC00);
        });
    }
    token.text = folded.substr(start, at - start);
    if (token.kind == DateToken::Kind::number && token.text.size() <= 18)
      token.value = std::stoll(token.text);
    out.push_back(std::move(token));
  }
  return out;
}

int month_of(std::string_view folded_word) {
  static const auto names = read_month_names();
  const auto found = names.find(std::string(folded_word));
  return found == names.end() ? 0 : found->second;
}

}  // namespace tinwatch::parsers
