#include "query_builder.hpp"

#include "core/model.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "tokens.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <re2/re2.h>

namespace tinwatch::watch {
namespace {

constexpr std::size_t longest_phrase = 100;      // tokens
constexpr std::size_t longest_token = 1'000;     // characters
constexpr std::size_t most_terms = 2'000;        // with those that aliases stand for
constexpr int longest_program = 64 * 1024 / 16;  // instructions of RE2, of 16 bytes

constexpr std::array<std::string_view, field_count> field_names = {
    "headline", "alternativeHeadline", "description", "body", "captions",
    "author",   "articleSection",      "keywords"};

/// The events of an article that watches are asked of, by the last part of their type.
const std::vector<std::string_view>& event_names() {
  static const std::vector<std::string_view> names = {"published", "revised", "removed",
                                                      "returned"};
  return names;
}

const std::vector<std::string_view>& class_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> out;
    out.reserve(std::size(all_change_classes));
    for (const auto one : all_change_classes) out.push_back(label(one));
    return out;
  }();
  return names;
}

}  // namespace

std::string_view label(Field field) { return field_names[static_cast<std::size_t>(field)]; }

std::optional<Field> field_named(std::string_view name) {
  if (name == "title") name = "headline";
  if (name == "lead") name = "description";
  if (name == "caption") name = "captions";
  if (name == "section") name = "articleSection";
  for (std::size_t i = 0; i < field_names.size(); ++i)
    if (field_names[i] == name) return static_cast<Field>(i);
  return std::nullopt;
}

OpenScope QueryBuilder::narrowed(const OpenScope& outer, const Lexeme& scope) const {
  auto out = outer;
  const auto& name = scope.text;
  if (name == "case") {
    out.in_case = true;
  } else if (name == "added" || name == "removed") {
    if (outer.scope.edited != Edited::any)
      fail_at(scope.at,
              "'" + std::string(name) + ":' inside of added: or removed:; write one of them");
    out.scope.edited = name == "added" ? Edited::added : Edited::removed;
  } else {
    if (outer.names_fields)
      fail_at(scope.at, "'" + std::string(name) + ":' inside of another field; write one of them");
    out.scope.fields = static_cast<FieldSet>(1U << static_cast<unsigned>(*field_named(name)));
    out.names_fields = true;
  }
  return out;
}

void QueryBuilder::add_term(const Lexeme& lexeme, std::string_view words, Mode mode,
                            const OpenScope& scope) {
  if (mode == Mode::automatic) mode = has_diacritic(words) ? Mode::tone : Mode::fold;
  Term term{.mode = mode, .scope = scope.scope, .is_prefix = lexeme.is_prefix};
  Term::Strict strict;
  bool is_strict = scope.in_case || term.is_prefix;
  TokenCutter cutter(words, mode);
  CutToken token;
  std::size_t last = 0;
  std::string_view printed;
  while (cutter.next(token)) {
    if (++term.length > longest_phrase)
      fail_at(lexeme.at, "a phrase of more than " + std::to_string(longest_phrase) + " words");
    printed = words.substr(token.begin, token.end - token.begin);
    if (token.key.size() > longest_token) fail_at(lexeme.at, "a word of more than 1000 letters");
    if (term.length > 1) {
      term.tokens += u' ';
      strict.gaps.push_back(signs_of(words.substr(last, token.begin - last)));
      // What joins in every text needs no sign of its own.
      is_strict = is_strict || token.gap != Gap::joins;
      if (token.gap == Gap::breaks)
        fail_at(lexeme.at, "a phrase over two paragraphs; write two, with AND between");
      strict.letters += scope.in_case ? u" " : u"";
    }
    term.tokens += token.key;
    if (scope.in_case) strict.letters += letters_in_case(printed);
    last = token.end;
  }
  if (term.length == 0)
    fail_at(lexeme.at, shown(lexeme.shown) + " has no letter or digit; expected a word");
  if (term.is_prefix) {
    if (words.substr(last).find_first_not_of(" \t\n") != std::string_view::npos)
      fail_at(lexeme.at, "a star stands right behind the letters of a word: stem*");
    strict.prefix_length = static_cast<std::uint16_t>(folded_length(printed));
  }
  if (is_strict) term.strict = std::make_shared<const Term::Strict>(std::move(strict));
  if (query_.terms_.size() == most_terms)
    fail_at(lexeme.at, "more than " + std::to_string(most_terms) + " terms, with their aliases");
  query_.terms_.push_back(std::move(term));
}

Query::Step QueryBuilder::terms(const Lexeme& lexeme, const OpenScope& scope) {
  const auto first = query_.terms_.size();
  const auto mode = settings_.mode;
  add_term(lexeme, lexeme.text, mode, scope);
  const auto& own = query_.terms_.back();
  const auto* group = lexeme.itself || lexeme.is_prefix || !settings_.aliases
                          ? nullptr
                          : settings_.aliases->group_of(own.tokens, own.mode);
  const auto own_tokens = own.tokens;
  if (group)
    for (const auto& member : *group) {
      add_term(lexeme, member, mode, scope);
      if (query_.terms_.back().tokens == own_tokens &&
          query_.terms_.back().mode == query_.terms_[first].mode)
        query_.terms_.pop_back();
    }
  return {.op = Query::Op::any,
          .first = static_cast<std::uint32_t>(first),
          .terms = static_cast<std::uint32_t>(query_.terms_.size() - first)};
}

std::shared_ptr<const re2::RE2> QueryBuilder::compile(const Lexeme& lexeme,
                                                      std::string_view pattern) const {
  if (pattern.empty())
    fail_at(lexeme.at, "a regular expression with nothing in it; expected /pattern/");
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(!lexeme.any_case);
  options.set_max_mem(4 << 20);
  const auto composed = nfc(pattern);
  auto out =
      std::make_shared<const RE2>(re2::StringPiece(composed.data(), composed.size()), options);
  if (!out->ok())
    fail_at(
        lexeme.at,
        "a regular expression that RE2 refuses: " + out->error() +
            (out->error_code() == RE2::ErrorBadEscape ? " (there are no back-references)" : ""));
  if (out->ProgramSize() > longest_program)
    fail_at(lexeme.at, "a regular expression of more than 64 KiB when compiled; make it shorter");
  return out;
}

Query::Step QueryBuilder::pattern(const Lexeme& lexeme, const Scope& scope) {
  auto regex = compile(lexeme, lexeme.text);
  if (RE2::FullMatch("", *regex))
    extras_.warnings.push_back(
        fault_in(text_, lexeme.at, "this regular expression matches every text"));
  extras_.patterns.push_back({std::move(regex), scope});
  return {.op = Query::Op::pattern,
          .first = static_cast<std::uint32_t>(extras_.patterns.size() - 1)};
}

Query::Step QueryBuilder::condition(const Lexeme& lexeme) {
  using Of = Condition::Of;
  Condition out{.compare = lexeme.compare, .text = std::string(lexeme.value)};
  const auto& name = lexeme.text;
  const auto value_at = static_cast<std::size_t>(lexeme.value.data() - text_.data());
  const auto one_of = [&](const std::vector<std::string_view>& names, std::string_view what) {
    if (is_one_of(lexeme.value, names)) return;
    const auto near = nearest_name(lexeme.value, names);
    fail_at(value_at, shown(lexeme.value) + " is no " + std::string(what) +
                          (near.empty() ? "" : "; did you mean " + near + "?") + " (one of " +
                          join({names.begin(), names.end()}, ", ") + ")");
  };
  if (name == "event") {
    out.of = Of::event;
    one_of(event_names(), "event that watches are asked of");
  } else if (name == "class") {
    out.of = Of::change_class;
    one_of(class_names(), "class of a change");
  } else if (name == "source" || name == "lang") {
    out.of = name == "source" ? Of::source : Of::language;
    const bool plain = std::all_of(out.text.begin(), out.text.end(), [](char c) {
      return is_ascii_letter(c) || is_digit(c) || c == '-' || c == '_';
    });
    if (!plain || out.text.empty())
      fail_at(value_at, shown(lexeme.value) + " is no name; expected letters, digits, - and _");
  } else if (name == "url") {
    out.of = Of::url;
    out.pattern = compile(lexeme, lexeme.value);
  } else if (name == "significance") {
    out.of = Of::significance;
    const auto* last = out.text.data() + out.text.size();
    const auto read = std::from_chars(out.text.data(), last, out.number);
    if (read.ptr != last || read.ec != std::errc() || !(out.number >= 0 && out.number <= 1))
      fail_at(value_at,
              shown(lexeme.value) + " behind significance; expected a number from 0 to 1");
  } else {
    out.of = Of::published;
    const auto time = parse_iso8601(out.text);
    const bool shaped = out.text.size() >= 10 &&
                        is_digits(std::string_view(out.text).substr(0, 4)) && out.text[4] == '-' &&
                        out.text[7] == '-';
    if (!time || !shaped)
      fail_at(value_at,
              shown(lexeme.value) + " behind published; expected a day as YYYY-MM-DD, or RFC 3339");
    out.is_day = out.text.size() == 10;
    out.moment = time->at.time_since_epoch().count();
  }
  extras_.conditions.push_back(std::move(out));
  return {.op = Query::Op::condition,
          .first = static_cast<std::uint32_t>(extras_.conditions.size() - 1)};
}

Query QueryBuilder::finish() {
  query_.terms_.shrink_to_fit();
  query_.steps_.shrink_to_fit();
  if (!extras_.patterns.empty() || !extras_.conditions.empty() || !extras_.warnings.empty())
    query_.extras_ = std::make_shared<const Query::Extras>(std::move(extras_));
  return std::move(query_);
}

Result<Query, QueryFault> Query::any_of(const std::vector<std::string>& phrases,
                                        const QuerySettings& settings) {
  Query out;
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    try {
      QueryBuilder one(phrases[i], settings);
      one.terms({.text = phrases[i], .shown = phrases[i], .quoted = true}, {});
      std::move(one.query_terms().begin(), one.query_terms().end(), std::back_inserter(out.terms_));
    } catch (QueryFault& fault) {
      fault.line = i + 1;
      return fail(std::move(fault));
    }
  }
  if (out.terms_.empty()) return fail(QueryFault{.message = "no phrase"});
  out.steps_.push_back(
      {.op = Op::any, .first = 0, .terms = static_cast<std::uint32_t>(out.terms_.size())});
  return out;
}

const Query::Extras& Query::extras() const {
  static const Extras nothing{};
  return extras_ ? *extras_ : nothing;
}

bool Query::asks_of_an_edit() const {
  return std::any_of(terms_.begin(), terms_.end(),
                     [](const Term& one) { return one.scope.edited != Edited::any; }) ||
         std::any_of(patterns().begin(), patterns().end(),
                     [](const Pattern& one) { return one.scope.edited != Edited::any; }) ||
         std::any_of(conditions().begin(), conditions().end(), [](const Condition& one) {
           return one.of == Condition::Of::significance || one.of == Condition::Of::event ||
                  one.of == Condition::Of::change_class;
         });
}

}  // namespace tinwatch::watch
