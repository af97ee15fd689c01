#pragma once

#include "tokens.hpp"
#include "watch/article_text.hpp"
#include "watch/query.hpp"

#include <functional>
#include <optional>
#include <re2/re2.h>
#include <set>
#include <string>
#include <tuple>
#include <vector>

/// The matching model, written down as plainly as can be and with no regard to cost: what the
/// engine is held against.
namespace tinwatch::watch::simple {

struct Token {
  std::string printed;
  std::size_t begin = 0;
  Gap gap = Gap::breaks;
  std::string signs;  ///< in the gap before it
};

/// Field, first token, behind the last.
using Span = std::tuple<std::size_t, std::size_t, std::size_t>;

class Matcher {
 public:
  explicit Matcher(const ArticleText& text) : text_(text) {
    for (std::size_t field = 0; field < field_count; ++field) {
      auto& tokens = tokens_.emplace_back();
      const auto all = text.field(field);
      TokenCutter cutter(all, Mode::exact);
      CutToken token;
      std::size_t end = 0;
      while (cutter.next(token)) {
        tokens.push_back({std::string(all.substr(token.begin, token.end - token.begin)),
                          token.begin, token.gap, signs_of(all.substr(end, token.begin - end))});
        end = token.end;
      }
    }
  }

  /// Nothing: neither yes nor no.
  std::optional<bool> matches(const Query& query) const {
    std::vector<std::optional<bool>> truths;
    const auto& steps = query.steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto& step = steps[i];
      std::optional<bool> truth;
      switch (step.op) {
        case Query::Op::any: truth = !spans(query, step).empty(); break;
        case Query::Op::near:
          truth = near(spans(query, steps[step.first]), spans(query, steps[i - 1]), step.near);
          break;
        case Query::Op::count:
          truth = holds(step.compare, starts(spans(query, steps[i - 1])), step.first);
          break;
        case Query::Op::pattern: truth = found(query.patterns()[step.first]); break;
        case Query::Op::condition: break;  // not here
        case Query::Op::op_not:
          if (truths[i - 1]) truth = !*truths[i - 1];
          break;
        case Query::Op::op_and: truth = both(truths[step.first], truths[i - 1]); break;
        case Query::Op::op_or: {
          const auto no = [](std::optional<bool> a) { return a ? std::optional(!*a) : a; };
          truth = no(both(no(truths[step.first]), no(truths[i - 1])));
        }
      }
      truths.push_back(truth);
    }
    return truths.back();
  }

 private:
  static std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
    if ((a && !*a) || (b && !*b)) return false;
    return a && b ? std::optional(true) : std::nullopt;
  }
  static bool holds(Compare compare, std::size_t left, std::size_t right) {
    return compare == Compare::at_least ? left >= right
           : compare == Compare::more   ? left > right
           : compare == Compare::equal  ? left == right
           : compare == Compare::less   ? left < right
                                        : left <= right;
  }
  static std::size_t starts(const std::set<Span>& spans) {
    std::set<std::pair<std::size_t, std::size_t>> out;
    for (const auto& [field, first, end] : spans) out.emplace(field, first);
    return out.size();
  }

  bool reads(const Scope& scope, std::size_t field) const {
    const auto fields = text_.fields_of(scope);
    return (fields >> field & 1U) != 0;
  }

  std::set<Span> spans(const Query& query, const Query::Step& step) const {
    std::set<Span> out;
    for (auto i = step.first; i < step.first + step.terms; ++i) {
      const auto& term = query.terms()[i];
      for (std::size_t field = 0; field < field_count; ++field)
        for (std::size_t first = 0; reads(term.scope, field) && first < tokens_[field].size();
             ++first)
          if (stands_at(term, tokens_[field], first))
            out.emplace(field, first, first + term.length);
    }
    return out;
  }

  static bool stands_at(const Term& term, const std::vector<Token>& tokens, std::size_t first) {
    if (first + term.length > tokens.size()) return false;
    std::u16string key;
    std::u16string letters;
    for (std::size_t i = 0; i < term.length; ++i) {
      const auto& token = tokens[first + i];
      if (i > 0) {
        key += u' ';
        letters += u' ';
        if (token.gap == Gap::breaks) return false;
        if (token.gap == Gap::signs && (!term.strict || term.strict->gaps[i - 1].empty() ||
                                        term.strict->gaps[i - 1] != token.signs))
          return false;
      }
      const bool cut = term.is_prefix && i + 1 == term.length;
      key += cut ? fold_beginning(token.printed, term.mode, term.strict->prefix_length)
                 : fold_token(token.printed, term.mode);
      letters += letters_in_case(token.printed);
    }
    if (key != term.tokens) return false;
    if (!term.strict || term.strict->letters.empty()) return true;
    return term.is_prefix ? letters.starts_with(term.strict->letters)
                          : letters == term.strict->letters;
  }

  bool near(const std::set<Span>& left, const std::set<Span>& right, std::size_t between) const {
    for (const auto& [field, first, end] : left)
      for (const auto& [other_field, other_first, other_end] : right) {
        if (field != other_field) continue;
        const auto begin = std::min(end, other_end);
        const auto next = std::max(first, other_first);
        if (next < begin || next - begin > between) continue;
        bool one_paragraph = true;
        for (auto i = begin; i <= next; ++i)
          if (tokens_[field][i].gap == Gap::breaks) one_paragraph = false;
        if (one_paragraph) return true;
      }
    return false;
  }

  bool found(const Pattern& pattern) const {
    for (std::size_t field = 0; field < field_count; ++field) {
      const auto text = text_.field(field);
      if (!text.empty() && reads(pattern.scope, field) &&
          RE2::PartialMatch({text.data(), text.size()}, *pattern.regex))
        return true;
    }
    return false;
  }

  const ArticleText& text_;
  std::vector<std::vector<Token>> tokens_;
};

/// Queries and texts of few words, so that they meet. `pick(n)` chooses a number below n.
class Inventor {
 public:
  using Pick = std::function<std::size_t(std::size_t)>;
  explicit Inventor(Pick pick) : pick_(std::move(pick)) {}

  std::string text() {
    std::string out;
    for (auto count = pick_(40); count > 0; --count) {
      out += word();
      out += one_of(
          {" ", " ", " ", " ", "  ", ", ", ". ", "-", " – ", "/", "\n", "\n\n", " & ", "'", "."});
    }
    return out;
  }

  std::string query(int depth = 3) {
    switch (pick_(depth > 0 ? 9 : 3)) {
      case 0:
      case 1: return operand();
      case 2: return scoped(operand());
      case 3: return "(" + query(depth - 1) + " OR " + query(depth - 1) + ")";
      case 4: return "(" + query(depth - 1) + " " + query(depth - 1) + ")";
      case 5: return "NOT (" + query(depth - 1) + ")";
      case 6: return "(" + group() + " NEAR/" + std::to_string(1 + pick_(6)) + " " + group() + ")";
      case 7:
        return "count(" + operand() + ") " + one_of({">=", ">", "=", "<", "<="}) + " " +
               std::to_string(pick_(4));
      default: return scoped("(" + operand() + " OR " + operand() + ")");
    }
  }

 private:
  std::string word() {
    return one_of({"lũ", "lớn",           "hòa",     "hoà",    "hoa",   "Hoá",  "a",       "b",
                   "7",  "1.327",         "Quân",    "khu",    "khuya", "LLVT", "đê",      "dê",
                   "Đ",  "o\u0302\u0301", "STRASSE", "Straße", "字",    "ไทย",  "x\u200by"});
  }
  std::string one_of(std::initializer_list<const char*> all) {
    return *(all.begin() + pick_(all.size()));
  }
  std::string operand() {
    if (pick_(3) == 0) return word() + (pick_(6) == 0 ? "*" : "");
    std::string out = "\"" + word();
    for (auto more = pick_(3); more > 0; --more)
      out += one_of({" ", " ", " ", ", ", "-", ". "}) + word();
    return out + (pick_(6) == 0 ? "*\"" : "\"");
  }
  std::string group() {
    return pick_(3) == 0 ? "(" + operand() + " OR " + operand() + ")" : operand();
  }
  std::string scoped(const std::string& what) {
    if (what.starts_with("NOT")) return what;
    return one_of({"headline:", "body:", "case:", "case:headline:", "lead:"}) + what;
  }

  Pick pick_;
};

}  // namespace tinwatch::watch::simple
