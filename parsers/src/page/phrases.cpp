#include "page/phrases.hpp"

#include "core/text.hpp"
#include "language/phrase_set.hpp"
#include "regex.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <unicode/uchar.h>

namespace tinwatch::parsers::phrases {
namespace {

using language::phrases_of;
using language::WordKind;

constexpr std::size_t longest_credit = 160;    // characters behind its first words
constexpr std::size_t longest_contact = 4096;  // bytes of a paragraph

/// Words of a contact with others between them. One pattern for all of it would keep as many states
/// as there are ways to set its first words into eighty characters.
bool says_contact_apart(std::string_view folded) {
  const auto says = [&](std::initializer_list<std::string_view> firsts, const auto& rest) {
    for (const auto first : firsts)
      for (auto at = folded.find(first); at != folded.npos; at = folded.find(first, at + 1))
        if (RE2::PartialMatch(piece(folded.substr(at + first.size())), rest())) return true;
    return false;
  };
  return says({"get "},
              []() -> const RE2& {
                static const RE2 rest("^.{0,40} (?:newsletter|app)\\b");
                return rest;
              }) ||
         says({"our "},
              []() -> const RE2& {
                static const RE2 rest("^.{0,30}newsletter");
                return rest;
              }) ||
         says({"comment", "bình luận"},
              []() -> const RE2& {
                static const RE2 rest("^.{0,80}(?:moderat|approv|modéré|duyệt|review)");
                return rest;
              }) ||
         says({"comentario", "comentário", "kommentar"}, []() -> const RE2& {
           static const RE2 rest("^.{0,80}(?:aprovad|aprobad|freigeschaltet)");
           return rest;
         });
}

/// What is said of how to reach somebody and is no word of one language.
bool says_address(std::string_view folded) {
  if (folded.find('@') == folded.npos && folded.find("moderat") == folded.npos) return false;
  static const RE2 address("@[\\w.]+\\.(?:com|org|net)\\b|moderat\\w* (?:all )?comments");
  return RE2::PartialMatch(piece(folded), address);
}

/// Bullets, quotes and arrows before a phrase say nothing.
std::string_view without_opening_marks(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    const auto c = next_code_point(text, at);
    const bool copyright = c == U'©' || c == U'ⓒ' || text.substr(start, 3) == "(c)";
    if (u_isalnum(static_cast<UChar32>(c)) != 0 || copyright) return text.substr(start);
  }
  return {};
}

/// Bytes of "1.420", "79,388 K"; 0 where the text begins with no number. `with_unit`: of a number
/// in thousands or millions.
std::size_t number_at(std::string_view text, bool with_unit) {
  std::size_t at = 0;
  while (at < text.size() && (is_digit(text[at]) || text[at] == '.' || text[at] == ',')) ++at;
  if (at == 0 || !with_unit) return at;
  const auto unit = at + (text.substr(at, 1) == " " ? 1 : 0);
  constexpr std::string_view units = "kKmMnN";
  return unit < text.size() && units.find(text[unit]) != std::string_view::npos ? unit + 1 : 0;
}

/// " (12)", "12": a number right behind a word, and marks behind it.
bool is_number_in_brackets(std::string_view text) {
  if (text.starts_with(' ')) text.remove_prefix(1);
  if (text.starts_with('(')) text.remove_prefix(1);
  return !text.empty() && is_digit(text.front());
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
  }));
}

/// Nothing, or the bracket that closes a counter.
bool is_closed(std::string_view rest) { return rest.empty() || rest == ")"; }

/// "5042 lượt xem", "1.2K views", "12 comments)".
bool is_number_and_word(std::string_view text) {
  for (const bool with_unit : {false, true}) {
    const auto number = number_at(text, with_unit);
    if (number == 0) continue;
    auto rest = text.substr(number);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    for (const auto end : phrases_of<WordKind::views, WordKind::counted>().ends(rest))
      if (is_closed(rest.substr(end))) return true;
  }
  return false;
}

/// "Lượt xem: 5042", "Views (12)".
bool is_word_and_number(std::string_view text) {
  for (const auto end : phrases_of<WordKind::views, WordKind::counted>().ends(text)) {
    auto rest = text.substr(end);
    const auto pass = [&](std::string_view mark) {
      if (rest.starts_with(mark)) rest.remove_prefix(mark.size());
    };
    pass(" ");
    for (const std::string_view mark : {":", "(", "："}) {
      if (!rest.starts_with(mark)) continue;
      rest.remove_prefix(mark.size());
      break;
    }
    pass(" ");
    for (const bool with_unit : {true, false})
      if (const auto number = number_at(rest, with_unit);
          number > 0 && is_closed(rest.substr(number)))
        return true;
  }
  return false;
}

/// "Tốc độ: 1x", "Nghe đọc bài": what an audio reader says of itself.
bool is_reader_control(std::string_view text) {
  if (text.empty() || std::string_view("tTnNgG").find(text.front()) == std::string_view::npos)
    return false;
  static const RE2 control(
      "^(?:tốc độ(?: đọc)? ?: ?\\d(?:[.,]\\d+)?x?|"
      "nghe (?:đọc )?bài(?: viết)?|giọng (?:nữ|nam))$",
      any_case());
  return RE2::FullMatch(piece(text), control);
}

/// "More Sport stories", "More from us news".
bool opens_more(std::string_view text) {
  const auto all = words(text);
  if (all.size() < 3 || all.size() > 5 || !iequals(all.front(), "more")) return false;
  auto last = all.back();
  while (!last.empty() && !is_ascii_letter(last.back())) last.remove_suffix(1);
  return (iequals(last, "stories") || iequals(last, "news") || iequals(last, "articles")) &&
         std::none_of(all.begin() + 1, all.end() - 1, has_digit);
}

}  // namespace

bool is_pointer(std::string_view text) {
  return phrases_of<WordKind::pointer>().opens(without_opening_marks(text));
}
bool is_credit(std::string_view text) {
  text = without_opening_marks(text);
  const auto end = phrases_of<WordKind::credit>().opening(text);
  return end && text.size() - *end <= 3 * longest_credit &&
         count_characters(text.substr(*end)) <= longest_credit;
}
bool is_reporting_credit(std::string_view text) {
  return phrases_of<WordKind::reporting>().opens(without_opening_marks(text));
}
bool is_contact(std::string_view text) {
  if (text.size() > longest_contact) return false;
  const auto rest = without_opening_marks(text);
  if (phrases_of<WordKind::contact>().stands_in(rest)) return true;
  const auto folded = fold_case(rest);
  return says_address(folded) || says_contact_apart(folded);
}
bool is_box_label(std::string_view text) {
  return phrases_of<WordKind::advertising, WordKind::newsletter>().is_whole(
      without_opening_marks(text));
}
bool is_reading(std::string_view text) {
  text = without_opening_marks(text);
  if (has_digit(text) && (is_number_and_word(text) || is_word_and_number(text))) return true;
  const auto ends = phrases_of<WordKind::reading_time>().ends(text);
  return (!ends.empty() && ends.back() == text.size()) || is_reader_control(text);
}
bool is_role(std::string_view text) {
  return phrases_of<WordKind::role>().is_whole(without_opening_marks(text));
}
bool says_published(std::string_view text) {
  return phrases_of<WordKind::published, WordKind::updated>()
      .find(without_opening_marks(text))
      .has_value();
}
bool opens_self_portrait(std::string_view text) {
  return phrases_of<WordKind::about>().opens(without_opening_marks(text));
}

bool is_about_author(std::string_view text) {
  return phrases_of<WordKind::about_author>().is_whole(without_opening_marks(text));
}
bool ends_sentence(std::string_view text) {
  constexpr std::u32string_view ends = U".!?…。！？:;\"”»)]";
  // What stands behind the last letter decides.
  for (auto end = text.size(); end > 0;) {
    auto at = end - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
    end = at;
    const auto c = next_code_point(text, at);
    if (ends.find(c) != ends.npos) return true;
    if (u_isalnum(static_cast<UChar32>(c)) != 0) return false;
  }
  return false;
}
bool opens_other_articles(std::string_view text) {
  text = without_opening_marks(text);
  return phrases_of<WordKind::related, WordKind::latest>().is_whole(text) || opens_more(text);
}
bool opens_related_articles(std::string_view text) {
  return phrases_of<WordKind::related>().is_whole(without_opening_marks(text));
}
bool opens_comments(std::string_view text) {
  text = without_opening_marks(text);
  const auto& comments = phrases_of<WordKind::comments>();
  // "12 comments", "Comments (12)".
  std::size_t number = 0;
  while (number < text.size() && is_digit(text[number])) ++number;
  for (const auto cut : {std::size_t{0}, number + 1}) {
    if (cut > 0 && (number == 0 || text.substr(number, 1) != " ")) continue;
    const auto rest = text.substr(cut);
    for (const auto end : comments.ends(rest)) {
      auto behind = std::string(rest.substr(end));
      std::erase_if(behind, is_digit);
      const bool counts = behind.size() < rest.size() - end;
      const bool plain = !counts || is_number_in_brackets(rest.substr(end));
      if (plain && without_opening_marks(behind).empty()) return true;
    }
  }
  return false;
}

}  // namespace tinwatch::parsers::phrases
