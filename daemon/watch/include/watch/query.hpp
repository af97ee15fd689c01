#pragma once

#include "core/result.hpp"
#include "watch/mode.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace tinwatch::watch {

class Aliases;

/// What a query says wrongly, or hardly means.
struct QueryFault {
  std::size_t line = 1;
  std::size_t column = 1;  ///< in characters, from 1
  std::string message;     ///< what stood there and what was expected

  /// `line 1, column 5: …`
  [[nodiscard]] std::string text() const;
};

/// The fields of an article that a query may name, and their place in a set of fields.
enum class Field : std::uint8_t {
  headline,
  alternative_headline,
  description,
  body,
  captions,
  author,
  article_section,
  keywords
};
inline constexpr std::size_t field_count = 8;
[[nodiscard]] std::string_view label(Field field);
/// By that name, or by its other one: title, lead, caption, section. Nothing: no field has it.
[[nodiscard]] std::optional<Field> field_named(std::string_view name);
using FieldSet = std::uint8_t;  ///< a bit a field
inline constexpr FieldSet every_field = 0xff;

/// Which words of an article: all, or only those that the edit at hand added or removed.
enum class Edited : std::uint8_t { any, added, removed };

/// Where something is looked for.
struct Scope {
  FieldSet fields = every_field;
  Edited edited = Edited::any;
  friend bool operator==(const Scope&, const Scope&) = default;
};

/// A word or a phrase.
struct Term {
  std::u16string tokens;  ///< each folded, with a blank between two
  std::uint16_t length = 0;
  Mode mode = Mode::tone;  ///< never `automatic`
  Scope scope;
  bool is_prefix = false;  ///< its last token is the beginning of one
  /// What few terms ask for; null: nothing of it.
  struct Strict {
    std::vector<std::string> gaps;  ///< the signs between its tokens, one fewer than those
    std::u16string letters;         ///< in their case, with a blank between two; empty: it is free
    std::uint16_t prefix_length = 0;  ///< characters of the last token, of a prefix
  };
  std::shared_ptr<const Strict> strict;
};

enum class Compare : std::uint8_t { at_least, more, equal, less, at_most };

/// What is asked of an article besides its words.
struct Condition {
  enum class Of : std::uint8_t {
    significance,
    published,
    event,
    change_class,
    source,
    language,
    url
  };
  Of of = Of::event;
  Compare compare = Compare::equal;
  double number = 0;        ///< of `significance`
  std::string text;         ///< of a name; of `published` a day as YYYY-MM-DD or a moment, in UTC
  std::int64_t moment = 0;  ///< of `published`: milliseconds
  bool is_day = false;      ///< of `published`
  std::shared_ptr<const re2::RE2> pattern;  ///< of `url`
};

/// A regular expression that is asked of whole fields.
struct Pattern {
  std::shared_ptr<const re2::RE2> regex;
  Scope scope;
};

/// How a query is read.
struct QuerySettings {
  Mode mode = Mode::tone;
  std::shared_ptr<const Aliases> aliases;  ///< null: none
};

/// What a watch looks for (docs/watches.md). One language everywhere: configuration, commands, API.
class Query {
 public:
  [[nodiscard]] static Result<Query, QueryFault> parse(std::string_view text,
                                                       const QuerySettings& settings = {});
  /// Any of the phrases, of which each is its words and nothing else. The fault's line is the
  /// phrase's number.
  [[nodiscard]] static Result<Query, QueryFault> any_of(const std::vector<std::string>& phrases,
                                                        const QuerySettings& settings = {});

  enum class Op : std::uint8_t { any, near, count, pattern, condition, op_not, op_and, op_or };
  /// The query in reverse Polish order, so that evaluating it is a loop. A step's last operand
  /// stands right before it.
  struct Step {
    Op op = Op::any;
    Compare compare = Compare::at_least;  ///< of `count`
    std::uint16_t near = 0;               ///< tokens between, at most
    std::uint32_t first =
        0;  ///< `any`: a term; `pattern`, `condition`: their places; `near`, `op_and`,
            ///< `op_or`: the step of the left operand; `count`: how often
    std::uint32_t terms = 0;  ///< `any`: how many, one beside the other
  };

  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }
  [[nodiscard]] const std::vector<Pattern>& patterns() const { return extras().patterns; }
  [[nodiscard]] const std::vector<Condition>& conditions() const { return extras().conditions; }
  [[nodiscard]] const std::vector<QueryFault>& warnings() const { return extras().warnings; }
  /// It asks of an edit what a stored text cannot answer: not for a search.
  [[nodiscard]] bool asks_of_an_edit() const;
  /// It can match a text that has none of its words, as `NOT x` does: it is asked of every text.
  [[nodiscard]] bool is_always_asked() const;

 private:
  friend class QueryBuilder;

  /// What few of a hundred thousand queries have.
  struct Extras {
    std::vector<Pattern> patterns;
    std::vector<Condition> conditions;
    std::vector<QueryFault> warnings;
  };
  [[nodiscard]] const Extras& extras() const;

  std::vector<Term> terms_;
  std::vector<Step> steps_;
  std::shared_ptr<const Extras> extras_;  // null: none
};

/// Groups of words and phrases of which each means all (`aliases:`). Immutable.
class Aliases {
 public:
  /// The fault's line is the group's number, its column the member's.
  [[nodiscard]] static Result<std::shared_ptr<const Aliases>, QueryFault> compile(
      std::vector<std::vector<std::string>> groups);

  /// The group that has `tokens`, folded by `mode`, among its members; null: none.
  [[nodiscard]] const std::vector<std::string>* group_of(const std::u16string& tokens,
                                                         Mode mode) const;

 private:
  std::vector<std::vector<std::string>> groups_;
  struct Member {
    std::u16string tokens;
    std::size_t group = 0;
  };
  std::vector<Member> members_[ways_of_writing];  // by mode, sorted
};

}  // namespace tinwatch::watch
