#include "page/phrases.hpp"

#include "core/text.hpp"
#include "language/patterns.hpp"
#include "regex.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unicode/uchar.h>

namespace tinwatch::parsers::phrases {
namespace {

using language::any_of;
using language::any_opening;
using language::any_whole;
using language::WordKind;

struct Patterns {
  RE2 pointer{'^' + any_opening({WordKind::pointer}), any_case()};
  RE2 credit{'^' + any_opening({WordKind::credit}) + ".{0,160}$", any_case()};
  RE2 reporting_credit{'^' + any_opening({WordKind::reporting}), any_case()};
  RE2 contact{
      any_of({WordKind::contact}) + "|@[\\w.]+\\.(?:com|org|net)\\b|moderat\\w* (?:all )?comments",
      any_case()};
  /// Words of a contact with others between them. One pattern for all of it would keep as many
  /// states as there are ways to set its first words into eighty characters.
  struct Pair {
    RE2 first;
    RE2 rest;  ///< what follows it
  };
  std::array<Pair, 4> contact_pairs{
      {{{"get ", any_case()}, {"^.{0,40} (?:newsletter|app)\\b", any_case()}},
       {{"our ", any_case()}, {"^.{0,30}newsletter", any_case()}},
       {{"comment|bình luận", any_case()},
        {"^.{0,80}(?:moderat|approv|modéré|duyệt|review)", any_case()}},
       {{"comentario|comentário|kommentar", any_case()},
        {"^.{0,80}(?:aprovad|aprobad|freigeschaltet)", any_case()}}}};

  RE2 reading{"^(?:[\\d.,]+[ \\x{A0}]?[KMN]?[ \\x{A0}]?" + counted() + "\\)?|" + counted() +
                  " ?[:(：]? ?[\\d.,]+ ?[KMN]?\\)?|" + any_of({WordKind::reading_time}) +
                  "|tốc độ(?: đọc)? ?: ?\\d(?:[.,]\\d+)?x?|"
                  "nghe (?:đọc )?bài(?: viết)?|giọng (?:nữ|nam))$",
              any_case()};
  RE2 box_label{whole_line({WordKind::advertising, WordKind::newsletter}), any_case()};
  RE2 published{any_whole({WordKind::published, WordKind::updated}), any_case()};
  RE2 self_portrait{'^' + any_opening({WordKind::about}), any_case()};
  RE2 related_articles{whole_line({WordKind::related}), any_case()};
  RE2 other_articles{whole_line({WordKind::related, WordKind::latest}) +
                         "|^more (?:[\\pL.']+ ){1,3}(?:stories|news|articles)[^\\pL\\pN]*$",
                     any_case()};
  RE2 comments{"^(?:\\d+ )?" + any_of({WordKind::comments}) + "(?: ?\\(?\\d+\\)?)?[^\\pL\\pN]*$",
               any_case()};

 private:
  static std::string counted() { return any_of({WordKind::views, WordKind::counted}); }
  static std::string whole_line(std::initializer_list<WordKind> kinds) {
    return '^' + any_of(kinds) + "[^\\pL\\pN]*$";
  }
};

const Patterns& patterns() {
  static const Patterns all;
  return all;
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

bool in(const RE2& pattern, std::string_view text) {
  text = without_opening_marks(text);
  return RE2::PartialMatch(piece(text), pattern);
}

}  // namespace

bool is_pointer(std::string_view text) { return in(patterns().pointer, text); }
bool is_credit(std::string_view text) { return in(patterns().credit, text); }
bool is_reporting_credit(std::string_view text) { return in(patterns().reporting_credit, text); }
bool is_contact(std::string_view text) {
  if (in(patterns().contact, text)) return true;
  const auto rest = without_opening_marks(text);
  return std::any_of(patterns().contact_pairs.begin(), patterns().contact_pairs.end(),
                     [&](const auto& pair) {
                       auto left = piece(rest);
                       while (RE2::FindAndConsume(&left, pair.first))
                         if (RE2::PartialMatch(left, pair.rest)) return true;
                       return false;
                     });
}
bool is_box_label(std::string_view text) { return in(patterns().box_label, text); }
bool is_reading(std::string_view text) { return in(patterns().reading, text); }
bool says_published(std::string_view text) { return in(patterns().published, text); }
bool opens_self_portrait(std::string_view text) { return in(patterns().self_portrait, text); }
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
bool opens_other_articles(std::string_view text) { return in(patterns().other_articles, text); }
bool opens_related_articles(std::string_view text) { return in(patterns().related_articles, text); }
bool opens_comments(std::string_view text) { return in(patterns().comments, text); }

}  // namespace tinwatch::parsers::phrases
