#include "article/authors.hpp"
#include "core/text.hpp"
#include "language/patterns.hpp"
#include "page/line_parts.hpp"
#include "page/page.hpp"
#include "regex.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using language::any_of;
using language::any_opening;
using language::any_whole;
using language::WordKind;

constexpr std::size_t most_ordered = 12;
constexpr std::size_t places_a_line = 4096;  // more than a line has bytes
constexpr std::size_t longest_name = 80;     // bytes

struct Patterns {
  RE2 opening{"^\\s*(?:" + any_of({WordKind::byline, WordKind::photo}) + "\\s*:|" +
                  any_opening({WordKind::by, WordKind::made_by}) + ":?|@)\\s*",
              any_case()};
  RE2 address{R"((?:https?://|www\.)[^\s()\[\]]+|[^\s()\[\]]+@[^\s()\[\]]+\.[^\s()\[\]]+|@\w+)",
              any_case()};
  RE2 brackets{R"(\s*[(\[][^()\[\]]*[)\]])", any_case()};
  RE2 separators{R"(\s*(?:;|\||/|&|·|•|、|・|，|,|\n|\s[-–—]\s|\s)" +
                     any_of({WordKind::joining, WordKind::with}) + R"(\s)\s*)",
                 any_case()};
  RE2 rest{R"((?:\s+(?:in|from|aus|à|en)\s+\p{Lu}\S*(?:\s\p{Lu}\S*)?$)|\s+(?:for|für|pour)\s+.*$)",
           {}};
  /// A part that is no name: a role, a place in the system, a wish.
  RE2 no_name{
      R"(^(?:admin(?:istrator)?|root|editor(?:ial)?|webmaster|web ?desk|online desk|news ?desk|user|anonymous|unknown|author|autor|by|staff|updated|published|posted|read more|share|follow|contact|view (?:all|profile)|more|email|twitter|facebook|instagram|linkedin|google|rss|none|null|undefined|true|false|comments?|(?:facebook|twitter|whatsapp|instagram|linkedin|email|x|\s)+|contributors?|pm|am|edt|est|gmt|utc|cet|bst)$|\b(?:minutes? read|min read|min\. lesezeit)\b)",
      any_case()};
  RE2 role{any_whole({WordKind::role}), any_case()};
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

bool is_role(std::string_view text) {
  return RE2::PartialMatch(piece(text), patterns().no_name) ||
         RE2::PartialMatch(piece(text), patterns().role);
}

void add_name(std::string_view part, std::vector<std::string>& out) {
  auto name = squeeze(part);
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
  const auto key = word_key(name);
  if (key.empty() || !has_letter(name) || has_digit(name) || is_role(name)) return;
  const bool known = std::any_of(out.begin(), out.end(),
                                 [&](const std::string& other) { return word_key(other) == key; });
  if (!known && out.size() < most_names) out.push_back(std::move(name));
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
  text = without_byline_label(text);
  while (RE2::Replace(&text, patterns().opening, "")) {
  }
  RE2::GlobalReplace(&text, patterns().address, " ");
  RE2::GlobalReplace(&text, patterns().brackets, " ");
  RE2::GlobalReplace(&text, patterns().separators, "\n");
  std::vector<std::string> out;
  for (const auto part : split(text, '\n')) {
    std::string one(part);
    while (RE2::Replace(&one, patterns().opening, "")) {
    }
    RE2::Replace(&one, patterns().rest, "");
    add_name(one, out);
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

}  // namespace tinwatch::parsers
