#include "article/authors.hpp"
#include "core/text.hpp"
#include "dates/tokens.hpp"
#include "dates/words.hpp"
#include "language/patterns.hpp"
#include "page/line_parts.hpp"
#include "page/page.hpp"
#include "parsers/dates.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>
#include <unicode/uchar.h>

namespace tinwatch::parsers {
namespace {

using language::any_letter;
using language::any_of;
using language::any_opening;
using language::any_whole;
using language::any_word;
using language::WordKind;

constexpr std::size_t most_ordered = 12;
constexpr std::size_t places_a_line = 4096;  // more than a line has bytes
constexpr std::size_t longest_name = 80;     // bytes
constexpr std::size_t last_blocks = 3;       // of the text: those who wrote it stand there
constexpr std::size_t least_before_portrait = 2;

struct Patterns {
  RE2 opening{"^\\s*(?:" + any_of({WordKind::byline}) + "\\s*[:：]|" +
                  any_opening({WordKind::by, WordKind::made_by}) + ":?|@)\\s*",
              any_case()};
  /// Who took the pictures did not write the text.
  RE2 photos{"^\\s*" + any_of({WordKind::photo}) + "(?:\\s*(?:,|-|&|/|" +
                 any_of({WordKind::joining}) + ")\\s*" + any_of({WordKind::photo}) + ")*\\s*[:：]",
             any_case()};
  /// "4 May 2024 by Jane Rowe".
  RE2 inner{"^(.*?)\\s+(?i:" + any_of({WordKind::by, WordKind::made_by}) + ")\\s+(\\p{Lu}.*)$"};
  RE2 address{R"((?:https?://|www\.)[^\s()\[\]]+|[^\s()\[\]]+@[^\s()\[\]]+\.[^\s()\[\]]+|@\w+)",
              any_case()};
  RE2 brackets{R"(\s*[(\[][^()\[\]]*[)\]])", any_case()};
  RE2 separators{R"(\s*(?:;|\||/|&|·|•|、|・|，|,|\n|\s[-–—]\s|\s)" +
                     any_word({WordKind::joining, WordKind::with}) + R"(\s)\s*)",
                 any_case()};
  /// "Ana Silva e João Costa", but not "is a writer".
  RE2 letter{"\\s" + any_letter({WordKind::joining}) + R"(\s+([\p{Lu}\p{Lo}]))"};
  RE2 rest{R"((?:\s+(?:in|from|aus|à|en)\s+\p{Lu}\S*(?:\s\p{Lu}\S*)?$)|\s+(?:for|für|pour)\s+.*$)",
           {}};
  /// A part that is no name: a role, a place in the system, a wish.
  RE2 no_name{
      R"(^(?:\w+\.\w+\.\w[\w.]*|admin(?:istrator)?|root|editor(?:ial)?|webmaster|web ?desk|online desk|news ?desk|user|anonymous|unknown|author|autor|by|staff|updated|published|posted|read more|share|follow|contact|view (?:all|profile)|more|email|twitter|facebook|instagram|linkedin|google|rss|none|null|undefined|true|false|comments?|(?:facebook|twitter|whatsapp|instagram|linkedin|email|x|\s)+|contributors?|pm|am|edt|est|gmt|utc|cet|bst)$|\b(?:minutes? read|min read|min\. lesezeit)\b)",
      any_case()};
  RE2 role{"(?i)" + any_whole({WordKind::role})};
};

const Patterns& patterns() {
  static const Patterns all;
  return all;
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
  re2::StringPiece apart;
  re2::StringPiece joined;
  if (!RE2::PartialMatch(piece(name), patterns().role, &apart, &joined)) return name;
  const auto& role = apart.empty() ? joined : apart;
  const auto begin = static_cast<std::size_t>(role.data() - name.data());
  const auto before = squeeze(std::string_view(name).substr(0, begin));
  auto behind = squeeze(std::string_view(name).substr(begin + role.size()));
  if (behind.starts_with(':')) behind = squeeze(std::string_view(behind).substr(1));
  if (apart.empty()) return before.empty() ? behind : behind.empty() ? before : name;
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
  static const RE2 label(
      R"(^(?i:author|autor|autorin|auteur|contributor|writer|tác giả)\s+(\p{Lu}))");
  static const RE2 tail(
      R"(\s*(?:\b(?:last )?updated?(?: on)?:?|\b(?:more|read more|see more) (?:about|by|from|posts)\b.*|\bview (?:all|profile|posts)\b.*|\b(?:updated|reviewed|medically reviewed|fact[ -]checked) by\b.*|»)\s*$)",
      any_case());
  RE2::Replace(&text, label, R"(\1)");
  while (RE2::Replace(&text, tail, "")) {
  }
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
  if (!RE2::PartialMatch(text, patterns().photos)) {
    text = without_byline_label(text);
    while (RE2::Replace(&text, patterns().opening, "")) {
    }
  }
  RE2::GlobalReplace(&text, patterns().address, " ");
  RE2::GlobalReplace(&text, patterns().brackets, " ");
  RE2::GlobalReplace(&text, patterns().separators, "\n");
  RE2::GlobalReplace(&text, patterns().letter, "\n\\1");
  std::vector<std::string> out;
  const bool dated = has_digit(text);
  bool of_photos = false;  // until something else is named
  for (const auto part : split(text, '\n')) {
    if (!out.empty() && goes_on_small(part) && !is_left_out("name-tails")) break;
    std::string one(part);
    const bool photos = RE2::PartialMatch(one, patterns().photos);
    of_photos = of_photos || photos;
    if (!photos)
      while (RE2::Replace(&one, patterns().opening, "")) of_photos = false;
    if (of_photos) continue;
    RE2::Replace(&one, patterns().rest, "");
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
