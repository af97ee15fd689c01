#include "lexer.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

/// The pieces of a query that have a value: phrases, regular expressions, counts, conditions.
namespace tinwatch::watch {
namespace {

using Kind = Lexeme::Kind;

constexpr std::int64_t most_counted = 1'000'000;

bool is_comparison(char c) { return c == '<' || c == '>' || c == '=' || c == '!'; }

}  // namespace

void Lexer::regex(std::string_view condition) {
  const auto begin = at_;
  const auto from = begin + condition.size() + (condition.empty() ? 1 : 2);
  auto end = from;
  while (end < text_.size() && text_[end] != '/') end += text_[end] == '\\' ? 2 : 1;
  if (end >= text_.size())
    return wrong(
        begin,
        "a regular expression that no '/' closes; a slash in a text stands in quotation marks");
  const auto flags = word_at(end + 1);
  if (!flags.empty() && flags != "i")
    return wrong(end + 1, shown(flags) + " behind a regular expression; expected a blank or 'i'");
  const auto pattern = text_.substr(from, end - from);
  put({.kind = condition.empty() ? Kind::regex : Kind::condition,
       .at = begin,
       .text = condition.empty() ? pattern : condition,
       .any_case = !flags.empty(),
       .value = pattern},
      end + 1 + flags.size());
}

bool Lexer::read_phrase(std::size_t from, Lexeme& lexeme, std::size_t& end) {
  const auto begin = from + quote_at(text_, from, opening_quotes);
  auto close = begin;
  while (close < text_.size() && quote_at(text_, close, closing_quotes) == 0)
    close = character_end(text_, close);
  if (close >= text_.size()) {
    wrong(from, "a quotation mark that is never closed; expected \" behind the phrase");
    return false;
  }
  lexeme.quoted = true;
  lexeme.text = trim(text_.substr(begin, close - begin));
  if (lexeme.text.ends_with('*') && lexeme.text.size() > 1 &&
      blank_at(lexeme.text, lexeme.text.size() - 2) == 0) {
    lexeme.is_prefix = true;
    lexeme.text.remove_suffix(1);
  }
  if (lexeme.text.find('*') != std::string_view::npos) {
    wrong(begin,
          "a star in a phrase works only on its last word, behind the letters; for words between "
          "two others write a NEAR/5 b");
    return false;
  }
  end = close + quote_at(text_, close, closing_quotes);
  const auto behind = byte(end);
  if (behind == '*')
    wrong(end, "a star of a phrase stands inside of its quotation marks: \"word stem*\"");
  if (behind == '~') wrong(end, "'~' is no operator; for words near one another write a NEAR/5 b");
  if (behind == '^') wrong(end, "'^' is no operator: words have no weights; leave it out");
  return !fault_;
}

void Lexer::phrase(std::size_t from, bool itself) {
  Lexeme lexeme{.kind = Kind::term, .at = at_, .itself = itself};
  std::size_t end = 0;
  if (read_phrase(from, lexeme, end)) put(lexeme, end);
}

std::optional<Compare> Lexer::read_compare(std::size_t& at) {
  at = behind_blanks(at);
  auto end = at;
  while (is_comparison(byte(end))) ++end;
  const auto sign = text_.substr(std::min(at, text_.size()), end - at);
  std::optional<Compare> out;
  if (sign == ">=") out = Compare::at_least;
  if (sign == ">") out = Compare::more;
  if (sign == "=") out = Compare::equal;
  if (sign == "<") out = Compare::less;
  if (sign == "<=") out = Compare::at_most;
  if (!out)
    wrong(at, (sign.empty() ? shown_at(at) : shown(sign)) + "; expected one of >= > = < <=");
  if (out) at = behind_blanks(end);
  return out;
}

bool Lexer::read_counted(std::size_t& at, Lexeme& lexeme) {
  at = behind_blanks(at);
  if (byte(at) == '=') {
    lexeme.itself = true;
    ++at;
  }
  if (quote_at(text_, at, opening_quotes) > 0) {
    std::size_t end = 0;
    if (!read_phrase(at, lexeme, end)) return false;
    at = end;
  } else {
    lexeme.text = word_at(at);
    if (!lexeme.text.empty())
      if (auto foreign = foreign_sign(lexeme.text, text_.substr(at)); !foreign.empty()) {
        wrong(at, std::move(foreign));
        return false;
      }
    at += lexeme.text.size();
    if (lexeme.text.ends_with('*')) {
      lexeme.is_prefix = true;
      lexeme.text.remove_suffix(1);
    }
  }
  if (!has_token(lexeme.text)) {
    wrong(at, "nothing to count; expected count(word) >= 2 or count(\"a phrase\") >= 2");
    return false;
  }
  at = behind_blanks(at);
  if (byte(at) == ')') return true;
  wrong(at, shown_at(at) + " in count(…); expected ')' behind one word or one \"phrase\"");
  return false;
}

void Lexer::count(std::size_t from) {
  Lexeme lexeme{.kind = Kind::count, .at = at_};
  auto at = from + std::string_view("count(").size();
  if (!read_counted(at, lexeme)) return;
  ++at;
  const auto compare = read_compare(at);
  if (!compare) return;
  const auto number = word_at(at);
  const auto* last = number.data() + number.size();
  const auto read = std::from_chars(number.data(), last, lexeme.number);
  if (number.empty() || read.ptr != last || read.ec != std::errc() || lexeme.number < 0 ||
      lexeme.number > most_counted)
    return wrong(at, shown_at(at) + " behind count(…); expected a whole number from 0 to 1000000");
  lexeme.compare = *compare;
  put(lexeme, at + number.size());
}

bool Lexer::comparison(std::string_view raw) {
  std::string_view name;
  for (const std::string_view one : {"significance", "published"})
    if (raw.starts_with(one)) name = one;
  if (name.empty() || (raw.size() > name.size() && !is_comparison(raw[name.size()]))) return false;
  auto at = at_ + name.size();
  const auto sign = behind_blanks(at);
  if (!is_comparison(byte(sign)) || byte(sign) == '!') return false;
  // `published =LLVT`: a word, and one that asks for itself.
  const auto behind = sign + 1;
  if (byte(sign) == '=' && sign > at && behind < text_.size() && blank_at(text_, behind) == 0 &&
      byte(behind) != '=' && !is_digit(byte(behind)))
    return false;
  const auto compare = read_compare(at);
  if (!compare) return true;
  const auto value = word_at(at);
  if (value.empty())
    wrong(at, shown_at(at) + " behind '" + std::string(name) + "'; expected a value");
  else
    put({.kind = Kind::condition, .at = at_, .text = name, .compare = *compare, .value = value},
        at + value.size());
  return true;
}

bool Lexer::scope(std::string_view raw) {
  const auto colon = raw.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto name = raw.substr(0, colon);
  if (!std::all_of(name.begin(), name.end(), is_ascii_letter)) return false;
  const auto behind = at_ + colon + 1;
  const bool field = field_named(name) || is_one_of(name, {"added", "removed", "case"});
  if (raw.substr(colon).starts_with("://"))
    wrong(at_, "an address is no word; write url:/…/ with a part of it, as in url:/example\\.org/");
  else if (!field && !is_one_of(name, {"event", "class", "source", "lang", "url"}))
    wrong(at_, unknown_scope(name));
  else if (behind >= text_.size() || blank_at(text_, behind) > 0 || text_[behind] == ')')
    wrong(at_, "'" + std::string(name) + ":' has no value; expected it right behind the colon");
  else if (field)
    put({.kind = Kind::scope, .at = at_, .text = name}, behind);
  else
    named_condition(name, behind);
  return true;
}

void Lexer::named_condition(std::string_view name, std::size_t behind) {
  if (name == "url") {
    if (text_[behind] == '/') return regex(name);
    return wrong(behind, "url: takes a regular expression; write url:/…/");
  }
  const auto of = std::string(name);
  if (text_[behind] == '(')
    return wrong(behind, "'" + of + ":' takes one name; write " + of + ":a OR " + of + ":b");
  Lexeme lexeme{.kind = Kind::condition, .at = at_, .text = name};
  auto end = behind;
  if (quote_at(text_, behind, opening_quotes) > 0) {
    if (!read_phrase(behind, lexeme, end)) return;
    lexeme.value = std::exchange(lexeme.text, name);
  } else {
    lexeme.value = word_at(behind);
    end = behind + lexeme.value.size();
  }
  put(lexeme, end);
}

}  // namespace tinwatch::watch
