#include "article/authors.hpp"
#include "core/text.hpp"
#include "dates/tokens.hpp"
#include "dates/words.hpp"
#include "language/patterns.hpp"
#include "language/phrase_set.hpp"
#include "page/line_parts.hpp"
#include "page/page.hpp"
#include "parsers/dates.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>
#include <optional>
#include <unicode/uchar.h>

namespace tinwatch::parsers {
namespace {

using language::any_letter;
using language::any_of;
using language::any_word;
using language::phrases_of;
using language::WordKind;

constexpr std::size_t most_ordered = 12;
constexpr std::size_t places_a_line = 4096;  // more than a line has bytes
constexpr std::size_t longest_name = 80;     // bytes
constexpr std::size_t last_blocks = 3;       // of the text: those who wrote it stand there
constexpr std::size_t least_before_portrait = 2;

struct Patterns {
  /// "4 May 2024 by Jane Rowe".
  RE2 inner{"^(.*?)\\s+(?i:" + any_of({WordKind::by, WordKind::made_by}) + ")\\s+(\\p{Lu}.*)$"};
  RE2 address{R"((?:https?://|www\.)[^\s()\[\]]+|[^\s()\[\]]+@[^\s()\[\]]+\.[^\s()\[\]]+|@\w+)",
              any_case()};
  RE2 brackets{R"(\s*[(\[][^()\[\]]*[)\]])", any_case()};
  RE2 separators{R"(\s*(?:;|\||/|&|·|•|、|・|，|,|\n|\s[-–—]\s|\s)" +
                     any_word({WordKind::joining, WordKind::with}) + R"(\s)\s*)",
                 any_case()};
  /// A part that is no name: a role, a place in the system, a wish.
  RE2 no_name{
      R"(^(?:\w+\.\w+\.\w[\w.]*|admin(?:istrator)?|root|editor(?:ial)?|webmaster|web ?desk|online desk|news ?desk|user|anonymous|unknown|author|autor|by|staff|updated|published|posted|read more|share|follow|contact|view (?:all|profile)|more|email|twitter|facebook|instagram|linkedin|google|rss|none|null|undefined|true|false|comments?|(?:facebook|twitter|whatsapp|instagram|linkedin|email|x|\s)+|contributors?|pm|am|edt|est|gmt|utc|cet|bst)$|\b(?:minutes? read|min read|min\. lesezeit)\b)",
      any_case()};
};

const Patterns& patterns() {
  static const Patterns all;
  return all;
}

/// "Ảnh:", "Text und Fotos:": who took the pictures did not write the text.
bool names_photographers(std::string_view text) {
  if (phrases_of<WordKind::photo>().ends(trim(text)).empty()) return false;
  static const RE2 photos("^\\s*" + any_of({WordKind::photo}) + "(?:\\s*(?:,|-|&|/|" +
                              any_of({WordKind::joining}) + ")\\s*" + any_of({WordKind::photo}) +
                              ")*\\s*[:：]",
                          any_case());
  return RE2::PartialMatch(piece(text), photos);
}

/// Cuts off what opens a by-line: "Tác giả:", "By", "@".
bool cut_opening(std::string& text) {
  const auto said = trim(text);
  std::optional<std::size_t> cut;
  if (said.starts_with('@')) cut = 1;
  for (const auto end : phrases_of<WordKind::byline>().ends(said)) {
    const auto rest = trim(said.substr(end));
    for (const std::string_view colon : {":", "："})
      if (rest.starts_with(colon))
        cut = static_cast<std::size_t>(rest.data() - said.data()) + colon.size();
  }
  if (!cut)
    if ((cut = phrases_of<WordKind::by, WordKind::made_by>().opening(said)) && *cut < said.size() &&
        is_one_of(said.substr(*cut, 1), {":", ".", ","}))
      ++*cut;
  if (!cut) return false;
  text = std::string(trim(said.substr(*cut)));
  return true;
}

/// "Ana Silva e João Costa", but not "is a writer": a single letter that joins two capitals.
void part_at_letters(std::string& text) {
  const auto all = words(text);
  const auto& joining = phrases_of<WordKind::joining>();
  const bool any = std::any_of(all.begin(), all.end(), [&](std::string_view word) {
    std::size_t at = 0;
    static_cast<void>(next_code_point(word, at));
    return at == word.size() && joining.is_whole(word);
  });
  if (!any) return;
  static const RE2 letter("\\s" + any_letter({WordKind::joining}) + R"(\s+([\p{Lu}\p{Lo}]))");
  RE2::GlobalReplace(&text, letter, "\n\\1");
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool is_caseless(std::string_view text) {
  std::size_t at = 0;
  const auto c = text.empty() ? U'A' : next_code_point(text, at);
  return u_toupper(static_cast<UChar32>(c)) == u_tolower(static_cast<UChar32>(c));
}

/// "Reporter Jane Rowe", "홍길동 기자": the name without what its bearer is; empty where nothing
/// else is said. A role in the middle is a part of a title: "Political Editor".
std::string without_role(std::string name) {
  if (RE2::PartialMatch(piece(name), patterns().no_name)) return {};
  const auto role = phrases_of<WordKind::role>().find(name);
  if (!role) return name;
  const auto before = squeeze(std::string_view(name).substr(0, role->begin));
  auto behind = squeeze(std::string_view(name).substr(role->end));
  if (behind.starts_with(':')) behind = squeeze(std::string_view(behind).substr(1));
  if (!role->set_apart) return before.empty() ? behind : behind.empty() ? before : name;
  const bool names = looks_like_names(behind) || (is_caseless(behind) && words(behind).size() >= 2);
  return before.empty() && names ? behind : std::string();
}

bool is_of_date(std::string_view word) {
  const auto tokens = tokenise_date(word);
  return std::all_of(tokens.begin(), tokens.end(), [](const DateToken& token) {
    return token.kind != DateToken::Kind::word || is_date_word(token.text);
  });
}

/// Beside a date: a name without the date that follows it in the same breath ("Jane Rowe on 4 May
/// 2024"), nothing of what is a weekday or a month.
std::string without_date(std::string_view text) {
  auto parts = words(text);
  if (std::all_of(parts.begin(), parts.end(), is_of_date)) return {};
  const auto digit = std::find_if(parts.begin(), parts.end(), has_digit);
  if (digit == parts.end()) return squeeze(text);
  auto end = digit;
  while (end != parts.begin() && is_of_date(*(end - 1))) --end;
  if (end == parts.begin() || (end - parts.begin() < 2 && !is_caseless(parts.front()))) return {};
  const auto& last = *(end - 1);
  const auto kept = static_cast<std::size_t>(last.data() + last.size() - text.data());
  return is_date_line(text.substr(kept)) ? squeeze(text.substr(0, kept)) : std::string();
}

void add_name(std::string_view part, bool dated, std::vector<std::string>& out) {
  // Beside a date a weekday or a month is none.
  auto name = dated ? without_date(part) : squeeze(part);
  for (bool cut = true; cut && !name.empty();) {
    cut = false;
    for (const std::string_view mark : {",", ":", "-", "–", "—", "*", "\"", "'", " "}) {
      if (!name.ends_with(mark)) continue;
      name.resize(name.size() - mark.size());
      cut = true;
    }
    // A full stop ends a sentence, or an initial.
    const bool initial = name.size() == 2 || (name.size() > 2 && name[name.size() - 3] == ' ');
    if (name.ends_with('.') && !initial) {
      name.pop_back();
      cut = true;
    }
  }
  if (name.empty() || name.size() > longest_name || words(name).size() > most_name_words) return;
  name = without_role(std::move(name));
  const auto key = word_key(name);
  if (key.empty() || !has_letter(name) || has_digit(name)) return;
  const bool known = std::any_of(out.begin(), out.end(),
                                 [&](const std::string& other) { return word_key(other) == key; });
  if (!known && out.size() < most_names) out.push_back(std::move(name));
}

/// What is set beside a name without a mark between: a label before it, other things behind it.
void cut_tails(std::string& text) {
  if (is_left_out("name-tails")) return;
  static const RE2 tail(
      R"(\s*(?:\b(?:last )?updated?(?: on)?:?|\b(?:more|read more|see more) (?:about|by|from|posts)\b.*|\bview (?:all|profile|posts)\b.*|\b(?:updated|reviewed|medically reviewed|fact[ -]checked) by\b.*|»)\s*$)",
      any_case());
  const auto first = ascii_lower(text.substr(0, text.find(' ')));
  if (is_one_of(first, {"author", "autor", "autorin", "auteur", "contributor", "writer"}) ||
      text.find("giả ") != std::string::npos) {
    static const RE2 label(
        R"(^(?i:author|autor|autorin|auteur|contributor|writer|tác giả)\s+(\p{Lu}))");
    RE2::Replace(&text, label, R"(\1)");
  }
  while (RE2::Replace(&text, tail, "")) {
  }
}

/// "Jane Rowe in Hanoi", "Jane Rowe for River Post".
void cut_place(std::string& name) {
  const auto all = words(name);
  if (std::none_of(all.begin(), all.end(), [](std::string_view word) {
        return is_one_of(word, {"in", "from", "aus", "à", "en", "for", "für", "pour"});
      }))
    return;
  static const RE2 rest(
      R"((?:\s+(?:in|from|aus|à|en)\s+\p{Lu}\S*(?:\s\p{Lu}\S*)?$)|\s+(?:for|für|pour)\s+.*$)");
  RE2::Replace(&name, rest, "");
}

/// A part that goes on in small letters is no name, nor is what follows it: "Eva Muster, economist
/// and mother of two. Based in Bern, she writes".
bool goes_on_small(std::string_view part) {
  const auto text = squeeze(part);
  return !text.empty() && is_ascii_lower(text.front());
}

}  // namespace

std::vector<std::string> read_authors(std::string_view byline) {
  std::string text = squeeze(byline);
  if (text.size() > 4 * longest_byline) return {};
  // "Theo Lê Tỉnh (Người lao động)" names a person; "Theo Reuters" only a source.
  if (text.starts_with("Theo ")) {
    if (text.find('(') == std::string::npos) return {};
    text.erase(0, 5);
  }
  cut_tails(text);
  std::string before;
  std::string behind;
  if (has_digit(text) && RE2::FullMatch(text, patterns().inner, &before, &behind) &&
      is_date_line(before))
    text = behind;
  if (!names_photographers(text)) {
    text = without_byline_label(text);
    while (cut_opening(text)) {
    }
  }
  RE2::GlobalReplace(&text, patterns().address, " ");
  RE2::GlobalReplace(&text, patterns().brackets, " ");
  RE2::GlobalReplace(&text, patterns().separators, "\n");
  part_at_letters(text);
  std::vector<std::string> out;
  const bool dated = has_digit(text);
  bool of_photos = false;  // until something else is named
  for (const auto part : split(text, '\n')) {
    if (!out.empty() && goes_on_small(part) && !is_left_out("name-tails")) break;
    std::string one(part);
    const bool photos = names_photographers(one);
    of_photos = of_photos || photos;
    if (!photos)
      while (cut_opening(one)) of_photos = false;
    if (of_photos) continue;
    cut_place(one);
    add_name(one, dated, out);
  }
  return out;
}

void order_as_printed(const CleanPage& clean, std::vector<std::string>& names) {
  if (names.size() < 2 || names.size() > most_ordered) return;
  std::vector<std::pair<std::size_t, std::string>> placed;
  for (const auto& name : names) {
    std::size_t place = std::string::npos;  // behind all that are printed
    for (std::size_t n = 0; n < clean.all.size() && place == std::string::npos; ++n)
      if (clean.all[n].chars <= longest_line)
        if (const auto at = clean.texts[n].find(name); at != std::string::npos)
          place = n * places_a_line + at;
    placed.emplace_back(place, name);
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t n = 0; n < names.size(); ++n) names[n] = placed[n].second;
}

void drop_portraits(const std::vector<std::string>& names, std::vector<Block>& blocks) {
  if (is_left_out("portraits")) return;
  const auto tells_of = [](const std::string& text, const std::string& name) {
    return words(name).size() >= 2 && text.starts_with(name) && text.size() > name.size() + 20 &&
           (text[name.size()] == ' ' || text[name.size()] == ',');
  };
  const auto first = blocks.size() > last_blocks ? blocks.size() - last_blocks : 0;
  std::size_t before = 0;
  for (std::size_t i = 0; i < first; ++i) before += blocks[i].type == BlockType::paragraph ? 1 : 0;
  if (before < least_before_portrait) return;
  for (auto i = blocks.size(); i-- > first;) {
    const auto& block = blocks[i];
    if (block.type != BlockType::paragraph) continue;
    if (std::any_of(names.begin(), names.end(),
                    [&](const std::string& name) { return tells_of(block.text, name); }))
      blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace tinwatch::parsers
