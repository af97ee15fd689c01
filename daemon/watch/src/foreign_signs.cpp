#include "core/text.hpp"
#include "lexer.hpp"
#include "tokens.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::watch {
namespace {

/// What other programs' names before a colon are here.
struct ForeignScope {
  std::string_view name;
  std::string_view here;
};
constexpr std::array foreign_scopes = {
    ForeignScope{"site", "source:NAME or url:/…/"},
    ForeignScope{"domain", "source:NAME or url:/…/"},
    ForeignScope{"feed", "source:NAME"},
    ForeignScope{"f", "source:NAME"},
    ForeignScope{"inurl", "url:/…/"},
    ForeignScope{"allinurl", "url:/…/"},
    ForeignScope{"link", "url:/…/"},
    ForeignScope{"intitle", "headline:…"},
    ForeignScope{"allintitle", "headline:(…)"},
    ForeignScope{"intext", "body:…"},
    ForeignScope{"allintext", "body:(…)"},
    ForeignScope{"inbody", "body:…"},
    ForeignScope{"content", "body:…"},
    ForeignScope{"text", "body:…"},
    ForeignScope{"tag", "keywords:…"},
    ForeignScope{"label", "keywords:…"},
    ForeignScope{"language", "lang:…"},
    ForeignScope{"after", "published >= YYYY-MM-DD"},
    ForeignScope{"since", "published >= YYYY-MM-DD"},
    ForeignScope{"before", "published < YYYY-MM-DD"},
    ForeignScope{"until", "published <= YYYY-MM-DD"},
    ForeignScope{"date", "published = YYYY-MM-DD"},
    ForeignScope{"pubdate", "published = YYYY-MM-DD"},
    ForeignScope{"filetype", "url:/…/"},
    ForeignScope{"ext", "url:/…/"},
};

const std::vector<std::string_view>& scope_names() {
  static const std::vector<std::string_view> names = {
      "headline",       "title",   "alternativeHeadline",
      "description",    "lead",    "body",
      "captions",       "caption", "author",
      "articleSection", "section", "keywords",
      "added",          "removed", "case",
      "event",          "class",   "source",
      "lang",           "url"};
  return names;
}

/// Letters to change, add or drop (Levenshtein), ASCII.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto before = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      const bool same = ascii_lower(a[i - 1]) == ascii_lower(b[j - 1]);
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, before + (same ? 0 : 1)});
      before = above;
    }
  }
  return row[b.size()];
}

/// Whether an operand begins right there: a sign that stands alone is punctuation.
bool stands_before_letter(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  if (text[at] == '(' || quote_at(text, at, opening_quotes) > 0) return true;
  return has_token(text.substr(at, character_end(text, at) - at));
}

bool is_letter_byte(char c) {
  return is_ascii_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool has_token(std::string_view text) {
  TokenCutter cutter(text, Mode::exact);
  CutToken token;
  return cutter.next(token);
}

std::string nearest_name(std::string_view name, const std::vector<std::string_view>& names) {
  if (name.size() > 40) return "";
  const auto near = std::min_element(names.begin(), names.end(), [&](auto a, auto b) {
    return distance(name, a) < distance(name, b);
  });
  if (near == names.end() || distance(name, *near) > std::max<std::size_t>(2, near->size() / 2))
    return "";
  return "'" + std::string(*near) + "'";
}

std::string unknown_scope(std::string_view name) {
  for (const auto& foreign : foreign_scopes)
    if (iequals(foreign.name, name))
      return "'" + std::string(name) + ":' is no field; write " + std::string(foreign.here);
  auto out = "unknown field '" + std::string(clip(name, 40)) + "'";
  if (const auto near = nearest_name(name, scope_names()); !near.empty())
    return out + "; did you mean " + near + "? A colon in a text stands in quotation marks";
  return out + "; fields are " + join({scope_names().begin(), scope_names().end()}, ", ") +
         "; a colon in a text stands in quotation marks";
}

std::string foreign_sign(std::string_view word, std::string_view rest) {
  const auto first = word.front();
  const auto plain = std::string(word.substr(1));
  if (word.find("&&") != std::string_view::npos) return "'&&' is no operator; write AND";
  if (word.find('|') != std::string_view::npos) return "'|' is no operator; write OR";
  if (first == '+' && stands_before_letter(rest, 1))
    return "'+' is no operator: every word has to be there; write " +
           (plain.empty() ? "the word" : plain);
  if (first == '!' && stands_before_letter(rest, 1))
    return "'!' is no operator; write NOT " + plain + " or -" + plain;
  if (first == '~' && stands_before_letter(rest, 1))
    return "'~' is no operator: there is no search for similar words; write each, with OR between";
  for (const std::string_view dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"})
    if (word.starts_with(dash) && stands_before_letter(rest, dash.size()))
      return "'" + std::string(dash) + "' is no minus sign; write -" +
             std::string(word.substr(dash.size())) + " or NOT";
  for (const std::string_view quote :
       {"'", "\u2018", "\u2019", "\u201a", "\u201b", "\u2039", "\u203a", "`"})
    if (word.starts_with(quote) && stands_before_letter(rest, quote.size()))
      return "a single quotation mark does not open a phrase; use double quotes: \"…\"";
  if (word.starts_with("\u201d") || word.starts_with("»"))
    return "this quotation mark closes a phrase that nothing opened; write \"…\"";
  if (word == "*" || (first == '*' && stands_before_letter(rest, 1)))
    return "a star stands only behind the letters of a word: stem*; for words between two others "
           "write a NEAR/5 b";
  if (first == '*') return "a star stands only behind the letters of a word: stem*";
  if (const auto star = word.find('*');
      star != std::string_view::npos && star + 1 < word.size() && has_token(word.substr(star + 1)))
    return "a star stands only behind the last letter of a word: stem*";
  for (const std::string_view sign : {"~", "^"}) {
    const auto at = word.find(sign);
    if (at == std::string_view::npos || at == 0 || !is_letter_byte(word[at - 1])) continue;
    const auto behind = word.substr(at + 1);
    if (!behind.empty() && !is_digit(behind.front()) && sign == "^") continue;
    return sign == "~"
               ? "'~' is no operator: there is no search for similar words; write each, with "
                 "OR between, or a stem*"
               : "'^' is no operator: words have no weights; leave it out";
  }
  for (auto at = word.find(".."); at != std::string_view::npos; at = word.find("..", at + 1)) {
    const bool two =
        at + 2 < word.size() && word[at + 2] != '.' && (at == 0 || word[at - 1] != '.');
    if (two && at > 0 && is_letter_byte(word[at - 1]) && is_letter_byte(word[at + 2]))
      return "'..' makes no range: there are none; write each value, with OR between, or a "
             "/pattern/";
  }
  if ((word.starts_with("AROUND(") || word == "AROUND") && rest.substr(6).starts_with('('))
    return "'AROUND(n)' is no operator; write NEAR/n";
  if (word.starts_with('[') &&
      rest.substr(0, rest.find(']')).find(" TO ") != std::string_view::npos)
    return "'[a TO b]' makes no range: there are none; write each value, with OR between";
  return "";
}

}  // namespace tinwatch::watch
