#include "page/line_parts.hpp"

#include "core/text.hpp"
#include "language/patterns.hpp"
#include "language/phrase_set.hpp"
#include "page/page.hpp"
#include "page/phrases.hpp"
#include "parsers/dates.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;
using language::WordKind;

constexpr std::size_t most_pieces = 24;
constexpr std::size_t longest_byline = 160;  // bytes
constexpr std::size_t longest_label = 40;    // bytes
constexpr std::size_t most_name_words = 10;
constexpr std::uint32_t longest_count = 24;  // characters: a number, or what it counts

bool is_upper_start(std::string_view word) {
  std::size_t at = 0;
  std::string first;
  append_utf8(first, next_code_point(word, at));
  return fold_case(first) != first;
}

/// Words and marks between names and inside of them.
bool is_name_link(std::string_view word) {
  const auto& words = language::Words::all();
  return word == "-" || word == "–" || word == "&" || words.of(WordKind::joining).contains(word) ||
         words.of(WordKind::particle).contains(word);
}

/// A Chinese, Japanese or Korean name with a blank between family and person, which nothing else
/// of such lines has: "高橋 直樹", and several of them.
bool is_dense_name(std::string_view text) {
  if (text.empty() || text.size() > longest_byline ||
      static_cast<unsigned char>(text.front()) < 0xE0 || is_left_out("dense-names"))
    return false;
  static const RE2 names(
      R"(^[\p{Han}\p{Hiragana}\p{Katakana}]{1,4}[ \x{3000}][\p{Han}\p{Hiragana}\p{Katakana}]{1,4}(?:[、,・/・ ]{1,3}[\p{Han}\p{Hiragana}\p{Katakana}]{1,4}[ \x{3000}][\p{Han}\p{Hiragana}\p{Katakana}]{1,4}){0,4}$)");
  return RE2::FullMatch(piece(text), names);
}

/// What opens a byline and can open nothing else: "Tin, ảnh:", "Text und Bilder:".
const RE2& labelled() {
  using language::any_of;
  static const RE2 pattern("^\\s*(?:" + any_of({WordKind::photo}) + "\\s*(?:,|-|&|/|" +
                               any_of({WordKind::joining}) + ")\\s*)*" +
                               any_of({WordKind::byline}) + "(?:\\s*(?:,|-|&|/|" +
                               any_of({WordKind::joining}) + ")\\s*" +
                               any_of({WordKind::byline, WordKind::photo}) + ")*\\s*[:：/]\\s*",
                           any_case());
  return pattern;
}

/// Whether the text may begin so: the pattern is made when it is first needed.
bool may_be_labelled(std::string_view text) {
  return (text.find_first_of(":/") != text.npos || text.find("：") != text.npos) &&
         !language::phrases_of<WordKind::byline, WordKind::photo>().ends(trim(text)).empty();
}

/// Short words that open bylines and much else; moves behind them.
bool consume_bare(re2::StringPiece* text) {
  const std::string_view all(text->data(), text->size());
  const auto said = trim(all);
  const auto ends = language::phrases_of<WordKind::by, WordKind::made_by>().ends(said);
  for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
    auto rest = said.substr(*end);
    auto names = trim(rest);
    if (names.starts_with(':')) names = trim(rest = names.substr(1));
    if (names.size() == rest.size() || names.empty()) continue;  // no blank before the name
    *text = piece(names);
    return true;
  }
  return false;
}

/// "14:14", "3:41": a time or a length beside other things.
bool is_clock(std::string_view text) {
  std::size_t digits = 0;
  std::size_t marks = 0;
  for (const char c : text) {
    digits += is_digit(c) ? 1 : 0;
    marks += c == ':' ? 1 : 0;
  }
  return text.size() <= 8 && marks >= 1 && marks <= 2 && digits >= 3 &&
         digits + marks == text.size() && !is_left_out("clock");
}

PieceKind kind_of(std::string_view text) {
  if (word_key(text).empty() || is_clock(text)) return PieceKind::mark;
  if (phrases::is_reading(text)) return PieceKind::counter;
  if (is_date_line(text)) return PieceKind::date;
  if (is_byline(text)) return PieceKind::byline;
  if (looks_like_names(text)) return PieceKind::names;
  return PieceKind::other;
}

/// "1,420 views · 79,388 shares": what bars and bullets part.
void add_parts(std::string_view text, Index at, std::vector<LinePiece>& out) {
  while (!text.empty() && out.size() < most_pieces) {
    const auto [cut, width] = first_mark(text, {"|", "·", "•", " / ", " – ", " - "});
    const auto part = squeeze(text.substr(0, cut));
    if (!part.empty()) out.push_back({kind_of(part), part, at});
    text.remove_prefix(std::min(text.size(), cut + width));
  }
}

}  // namespace

Mark first_mark(std::string_view text, std::initializer_list<std::string_view> marks) {
  Mark out{.at = text.size()};
  for (const auto mark : marks)
    if (const auto found = text.find(mark); found < out.at)
      out = {.at = found, .width = mark.size()};
  return out;
}

bool looks_like_names(std::string_view text) {
  if (is_dense_name(text)) return true;
  const auto parts = words(text);
  if (parts.size() < 2 || parts.size() > most_name_words || text.size() > 120 || has_digit(text) ||
      text.find(':') != std::string_view::npos)
    return false;
  for (const std::string_view mark : {".", "!", "?", ";", "…", "\"", "”", "»"})
    if (text.ends_with(mark)) return false;
  return is_upper_start(parts.front()) && is_upper_start(parts.back()) &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view word) {
           return is_upper_start(word) || is_name_link(word);
         });
}

bool is_byline(std::string_view text) {
  if (text.size() > longest_byline) return false;
  auto rest = piece(text);
  if (may_be_labelled(text) && RE2::Consume(&rest, labelled()))
    return !rest.empty() && !has_digit({rest.data(), rest.size()}) &&
           words({rest.data(), rest.size()}).size() <= most_name_words + 4;
  if (!consume_bare(&rest)) return false;
  std::string names = squeeze({rest.data(), rest.size()});
  while (!names.empty() && (names.back() == ',' || names.back() == '.')) names.pop_back();
  if (words(names).size() == 1) return is_upper_start(names) && !has_digit(names);
  return looks_like_names(names);
}

bool is_labelled_byline(std::string_view text) {
  if (text.size() > longest_byline) return false;
  auto rest = piece(text);
  return may_be_labelled(text) && RE2::Consume(&rest, labelled()) &&
         looks_like_names({rest.data(), rest.size()});
}

bool is_addressed_name(std::string_view text) {
  if (text.size() > longest_byline || text.find('@') == text.npos) return false;
  static const RE2 address(R"(^(.{3,60}?)\s*[(\[<]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)\]>]?$)");
  std::string names;
  return RE2::FullMatch(piece(text), address, &names) && looks_like_names(names) &&
         !is_left_out("addressed-name");
}

bool is_byline_label(std::string_view text) {
  if (text.size() > longest_label) return false;
  const auto& labels = language::phrases_of<WordKind::byline, WordKind::by, WordKind::made_by>();
  const auto is_label = [&](std::string_view said) {
    const auto ends = labels.ends(said);
    return std::any_of(ends.begin(), ends.end(), [&](std::size_t end) {
      auto rest = said.substr(end);
      if (rest.starts_with("(s)")) rest.remove_prefix(3);
      if (rest.starts_with(' ')) rest.remove_prefix(1);
      return rest.empty() || rest == ":" || rest == "：";
    });
  };
  if (is_label(text)) return true;
  const auto blank = std::min(text.find(' '), text.size());
  const auto first = ascii_lower(text.substr(0, blank));
  return blank < text.size() &&
         is_one_of(first, {"the", "page", "article", "post", "story", "report", "reported"}) &&
         is_label(text.substr(blank + 1));
}

std::string without_byline_label(std::string_view text) {
  auto rest = piece(text);
  if (may_be_labelled(text)) RE2::Consume(&rest, labelled());
  return {rest.data(), rest.size()};
}

std::vector<LinePiece> pieces_of(const Dom& dom, const TextBlock& block) {
  std::vector<LinePiece> out;
  if (block.chars > longest_line) return out;
  for (Index i = block.first; i < block.end && out.size() < most_pieces; ++i) {
    if (dom[i].tag == GUMBO_TAG_BUTTON && !is_left_out("buttons-apart")) {
      // What it offers to do says nothing of the article.
      out.push_back({PieceKind::mark, squeeze(dom.brief_text(i, longest_line)), i});
      i = dom[i].end - 1;
      continue;
    }
    if (!dom[i].is_text || dom[i].text.size() > 4 * longest_line) continue;
    auto text = squeeze(dom[i].text);
    if (text.empty()) continue;
    // "<b>5042</b> views": number and word in elements of their own.
    if (const auto next = counter_from(dom, i, block.end); next != Dom::none) {
      out.push_back({PieceKind::counter, text + ' ' + squeeze(dom[next].text), i});
      i = next;
      continue;
    }
    const auto kind = kind_of(text);
    if (kind == PieceKind::other)
      add_parts(text, i, out);
    else
      out.push_back({kind, text, i});
  }
  return out;
}

Index counter_from(const Dom& dom, Index at, Index end) {
  const auto& run = dom[at].run;
  if (run.chars == 0 || run.chars > longest_count || is_left_out("counter-apart")) return Dom::none;
  auto next = at + 1;
  while (next < end && (!dom[next].is_text || dom[next].run.chars == 0)) ++next;
  if (next >= end || dom[next].run.chars > longest_count ||
      run.has_digit == dom[next].run.has_digit)
    return Dom::none;
  const auto number = squeeze(run.has_digit ? dom[at].text : dom[next].text);
  if (number.find_first_not_of("0123456789., ()") != std::string::npos) return Dom::none;
  const auto said = squeeze(dom[at].text) + ' ' + squeeze(dom[next].text);
  return phrases::is_reading(said) ? next : Dom::none;
}

bool is_stamp_line(const std::vector<LinePiece>& pieces) {
  return is_meta_line(pieces) &&
         std::none_of(pieces.begin(), pieces.end(), [](const LinePiece& piece) {
           return piece.kind == PieceKind::byline || piece.kind == PieceKind::names;
         });
}

bool is_meta_line(const std::vector<LinePiece>& pieces) {
  bool sure = false;
  for (const auto& piece : pieces) {
    if (piece.kind == PieceKind::other) return false;
    sure = sure || piece.kind == PieceKind::date || piece.kind == PieceKind::counter ||
           piece.kind == PieceKind::byline;
  }
  return sure;
}

}  // namespace tinwatch::parsers
