#include "lexer.hpp"

#include <algorithm>
#include <charconv>

namespace tinwatch::watch {
namespace {

using Kind = Lexeme::Kind;

constexpr std::size_t longest_shown = 40;  // bytes of a query that a message repeats

}  // namespace

std::size_t quote_at(std::string_view text, std::size_t at, const QuotationMarks& marks) {
  if (at >= text.size()) return 0;
  for (const auto mark : marks)
    if (text.substr(at).starts_with(mark)) return mark.size();
  return 0;
}

std::size_t blank_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const auto begin = at;
  const auto c = next_code_point(text, at);
  const bool blank = c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || c == 0x1680 ||
                     (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
                     c == 0x205f || c == 0x3000;
  return blank ? at - begin : 0;
}

std::size_t character_end(std::string_view text, std::size_t at) {
  static_cast<void>(next_code_point(text, at));
  return at;
}

std::string shown(std::string_view text) { return "'" + clipped(text, longest_shown) + "'"; }

Result<std::vector<Lexeme>, QueryFault> Lexer::run() {
  while (!fault_ && skip_blanks()) piece();
  if (fault_) return fail(std::move(*fault_));
  return std::move(out_);
}

std::size_t Lexer::behind_blanks(std::size_t at) const {
  for (auto blank = blank_at(text_, at); blank > 0; blank = blank_at(text_, at)) at += blank;
  return at;
}

std::string_view Lexer::word_at(std::size_t from) const {
  auto end = from;
  while (end < text_.size() && text_[end] != '(' && text_[end] != ')' &&
         blank_at(text_, end) == 0) {
    const bool quote =
        quote_at(text_, end, opening_quotes) + quote_at(text_, end, closing_quotes) > 0;
    if (quote && end > from) break;
    end = character_end(text_, end);
  }
  return text_.substr(std::min(from, text_.size()), end - from);
}

std::string Lexer::shown_at(std::size_t at) const {
  if (at >= text_.size()) return "the end";
  const auto word = word_at(at);
  return word.empty() ? shown(text_.substr(at, 1)) : shown(word);
}

void Lexer::put(Lexeme lexeme, std::size_t end) {
  lexeme.shown = text_.substr(lexeme.at, end - lexeme.at);
  bound_ = lexeme.kind == Kind::scope || lexeme.kind == Kind::op_not;
  fresh_ = lexeme.kind == Kind::open;
  out_.push_back(lexeme);
  at_ = end;
}

bool Lexer::skip_blanks() {
  const auto next = behind_blanks(at_);
  if (next > at_) {
    bound_ = false;
    fresh_ = true;
  }
  at_ = next;
  return at_ < text_.size();
}

void Lexer::piece() {
  const auto c = byte(at_);
  if (c == '(' || c == ')') {
    put({.kind = c == '(' ? Kind::open : Kind::close, .at = at_, .text = text_.substr(at_, 1)},
        at_ + 1);
    return;
  }
  if (c == '-' && minus()) return;
  if (c == '/') return regex("");
  const bool itself = c == '=' && at_ + 1 < text_.size() && blank_at(text_, at_ + 1) == 0;
  const auto from = at_ + (itself ? 1 : 0);
  if (quote_at(text_, from, opening_quotes) > 0) return phrase(from, itself);
  word(from, itself);
}

bool Lexer::minus() {
  const auto behind = text_.find_first_not_of('-', at_);
  if (behind == std::string_view::npos || blank_at(text_, behind) > 0 || text_[behind] == ')')
    return false;
  if (!fresh_ && !bound_) return false;
  const bool twice = bound_ && out_.back().kind == Kind::op_not;
  if (byte(at_ + 1) == '-' || twice) {
    wrong(at_, "two signs of NOT before " + shown_at(at_ + 1) + "; write one");
    return true;
  }
  if (bound_) {
    wrong(at_, "a minus sign behind a colon; write it before the field: -headline:word");
    return true;
  }
  put({.kind = Kind::op_not, .at = at_, .text = text_.substr(at_, 1)}, at_ + 1);
  return true;
}

void Lexer::word(std::size_t from, bool itself) {
  const auto raw = word_at(from);
  if (raw.empty()) return punctuation(text_.substr(at_, from - at_));
  if (!itself && keyword(raw)) return;
  if (auto foreign = foreign_sign(raw, text_.substr(from)); !foreign.empty())
    return wrong(at_, std::move(foreign));
  if (!itself && (comparison(raw) || scope(raw))) return;
  if (raw == "count" && byte(from + raw.size()) == '(') return count(from);
  if (!has_token(raw)) return punctuation(text_.substr(at_, from + raw.size() - at_));
  Lexeme lexeme{.kind = Kind::term, .at = at_, .text = raw, .itself = itself};
  if (raw.ends_with('*')) {
    lexeme.is_prefix = true;
    lexeme.text.remove_suffix(1);
    if (lexeme.text.ends_with('*'))
      return wrong(at_, "two stars; write one behind the letters: stem*");
  }
  if (!itself && !bound_) warn_of(raw);
  put(lexeme, from + raw.size());
}

void Lexer::punctuation(std::string_view raw) {
  if (bound_)
    return wrong(at_, shown(raw) + " has no letter or digit; expected a word, a \"phrase\" or '('");
  std::string instead;
  if (raw == "-") instead = "; NOT is -word, without a blank";
  if (raw == "&") instead = "; write AND";
  warn(at_, shown(raw) + " is punctuation here and left out" + instead);
  at_ += std::max<std::size_t>(raw.size(), 1);
}

void Lexer::warn_of(std::string_view raw) {
  for (const std::string_view name : {"AND", "OR", "NOT"})
    if (iequals(raw, name)) warn(at_, shown(raw) + " is a word here; write " + std::string(name));
  if (iequals(raw, "near") || iequals(raw.substr(0, 5), "near/"))
    warn(at_, shown(raw) + " is a word here; write NEAR/5");
  if (raw.ends_with(',') || raw.ends_with(';'))
    warn(at_, shown(raw) +
                  ": the comma is punctuation, and the words on both sides have to be there; "
                  "write OR where either will do");
}

bool Lexer::keyword(std::string_view raw) {
  Lexeme lexeme{.at = at_, .text = raw};
  if (raw == "AND") lexeme.kind = Kind::op_and;
  if (raw == "OR") lexeme.kind = Kind::op_or;
  if (raw == "NOT") lexeme.kind = Kind::op_not;
  if (lexeme.kind != Kind::term) {
    put(lexeme, at_ + raw.size());
    bound_ = false;  // what follows it may be another operator, and says so itself
    return true;
  }
  if (raw != "NEAR" && !raw.starts_with("NEAR/") && !raw.starts_with("NEAR~")) return false;
  near(raw);
  return true;
}

void Lexer::near(std::string_view raw) {
  const auto end = at_ + raw.size();
  if (byte(end) == '(' && raw == "NEAR")
    return wrong(at_, "'NEAR(' is no operator: NEAR stands between two terms; write a NEAR/5 b");
  Lexeme near{.kind = Kind::near, .at = at_, .text = raw, .number = 10};
  if (raw != "NEAR") {
    const auto number = raw.substr(5);
    const auto* last = number.data() + number.size();
    const auto read = std::from_chars(number.data(), last, near.number);
    const bool whole =
        raw[4] == '/' && !number.empty() && read.ptr == last && read.ec == std::errc();
    if (!whole || near.number < 1 || near.number > 100)
      return wrong(at_, shown(raw) + "; expected NEAR/n, with a number from 1 to 100");
  }
  put(near, end);
}

std::string QueryFault::text() const {
  return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + message;
}

QueryFault fault_in(std::string_view query, std::size_t at, std::string message) {
  QueryFault fault{.message = std::move(message)};
  for (std::size_t i = 0; i < std::min(at, query.size()); ++i) {
    if (query[i] == '\n') {
      ++fault.line;
      fault.column = 1;
    } else if ((static_cast<unsigned char>(query[i]) & 0xc0U) != 0x80) {
      ++fault.column;
    }
  }
  return fault;
}

Result<std::vector<Lexeme>, QueryFault> lexemes_of(std::string_view query,
                                                   std::vector<QueryFault>& warnings) {
  return Lexer(query, warnings).run();
}

}  // namespace tinwatch::watch
