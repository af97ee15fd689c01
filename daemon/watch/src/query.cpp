#include "watch/query.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace tinwatch::watch {
namespace {

constexpr std::size_t most_terms = 200;
constexpr std::size_t longest_phrase = 100;  // words
constexpr std::array<std::string_view, 7> known_fields = {
    "headline", "alternativeHeadline", "description", "body", "captions",
    "author",   "articleSection"};

enum class Kind { term, op_and, op_or, op_not, open, close };

struct Lexeme {
  Kind kind = Kind::term;
  std::string field;
  std::string_view text;
  std::size_t at = 0;  // from 1
};

std::string at_byte(std::size_t at) { return " at byte " + std::to_string(at); }

Result<std::vector<Lexeme>, std::string> lex(std::string_view text) {
  std::vector<Lexeme> out;
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++i;
      continue;
    }
    const auto at = i + 1;
    if (c == '(' || c == ')') {
      out.push_back({c == '(' ? Kind::open : Kind::close, "", text.substr(i, 1), at});
      ++i;
      continue;
    }
    std::string field;
    auto end = std::min(text.find_first_of(" \t\r\n()\"", i), text.size());
    if (const auto colon = text.substr(i, end - i).find(':');
        colon != std::string_view::npos && colon > 0) {
      field = text.substr(i, colon);
      if (std::find(known_fields.begin(), known_fields.end(), field) == known_fields.end())
        return fail("unknown field '" + field + "'" + at_byte(at) +
                    " (fields: headline, alternativeHeadline, description, body, captions, author, "
                    "articleSection)");
      i += colon + 1;
    }
    if (i < text.size() && text[i] == '"') {
      const auto close = text.find('"', i + 1);
      if (close == std::string_view::npos)
        return fail("quotation mark is never closed" + at_byte(i + 1));
      out.push_back({Kind::term, field, text.substr(i + 1, close - i - 1), at});
      i = close + 1;
      continue;
    }
    end = std::min(text.find_first_of(" \t\r\n()\"", i), text.size());
    const auto word = text.substr(i, end - i);
    if (word.empty()) return fail("field '" + field + "' has no word after it" + at_byte(at));
    Kind kind = Kind::term;
    if (field.empty() && word == "AND") kind = Kind::op_and;
    if (field.empty() && word == "OR") kind = Kind::op_or;
    if (field.empty() && word == "NOT") kind = Kind::op_not;
    out.push_back({kind, field, word, at});
    i = end;
  }
  return out;
}

int precedence(Kind kind) {
  switch (kind) {
    case Kind::op_not: return 3;
    case Kind::op_and: return 2;
    case Kind::op_or: return 1;
    case Kind::term:
    case Kind::open:
    case Kind::close: return 0;
  }
  return 0;
}

Query::Op op_of(Kind kind) {
  if (kind == Kind::op_and) return Query::Op::op_and;
  return kind == Kind::op_or ? Query::Op::op_or : Query::Op::op_not;
}

}  // namespace

Result<Query, std::string> Query::parse(std::string_view text, Mode mode) {
  auto lexemes = lex(text);
  if (!lexemes) return fail(lexemes.error());
  if (lexemes->empty()) return fail(std::string("the query is empty"));
  Query query;
  query.text_ = text;
  query.mode_ = mode;
  std::vector<Lexeme> waiting;  // operators not yet written (Dijkstra's shunting yard)
  const auto write_down_to = [&](int least) {
    while (!waiting.empty() && waiting.back().kind != Kind::open &&
           precedence(waiting.back().kind) >= least) {
      query.steps_.push_back({op_of(waiting.back().kind)});
      waiting.pop_back();
    }
  };
  bool operand_wanted = true;
  for (const auto& lexeme : *lexemes) {
    const bool starts_operand =
        lexeme.kind == Kind::term || lexeme.kind == Kind::open || lexeme.kind == Kind::op_not;
    if (starts_operand && !operand_wanted) {
      write_down_to(precedence(Kind::op_and));  // side by side means AND
      waiting.push_back({Kind::op_and, "", "", lexeme.at});
    }
    if (!starts_operand && operand_wanted)
      return fail("'" + std::string(lexeme.text) + "' has nothing before it" + at_byte(lexeme.at));
    switch (lexeme.kind) {
      case Kind::term: {
        Term term{.field = lexeme.field, .tokens = tokenise(lexeme.text, mode)};
        if (term.tokens.empty()) return fail("no letter or digit in the term" + at_byte(lexeme.at));
        if (term.tokens.size() > longest_phrase)
          return fail("a phrase of more than " + std::to_string(longest_phrase) + " words" +
                      at_byte(lexeme.at));
        for (std::size_t i = 0; i + 1 < term.tokens.size(); ++i)
          term.gaps.emplace_back(lexeme.text.substr(term.tokens[i].end,
                                                    term.tokens[i + 1].begin - term.tokens[i].end));
        if (query.terms_.size() == most_terms)
          return fail("more than " + std::to_string(most_terms) + " terms");
        query.steps_.push_back({Op::term, query.terms_.size()});
        query.terms_.push_back(std::move(term));
        operand_wanted = false;
        break;
      }
      case Kind::open:
      case Kind::op_not:
        waiting.push_back(lexeme);
        operand_wanted = true;
        break;
      case Kind::op_and:
      case Kind::op_or:
        write_down_to(precedence(lexeme.kind));
        waiting.push_back(lexeme);
        operand_wanted = true;
        break;
      case Kind::close:
        write_down_to(1);
        if (waiting.empty()) return fail("')' without '('" + at_byte(lexeme.at));
        waiting.pop_back();
        operand_wanted = false;
        break;
    }
  }
  if (operand_wanted)
    return fail("'" + std::string(lexemes->back().text) + "' has nothing after it" +
                at_byte(lexemes->back().at));
  write_down_to(1);
  if (!waiting.empty()) return fail("'(' is never closed" + at_byte(waiting.back().at));
  return query;
}

}  // namespace tinwatch::watch
