#pragma once

#include "core/result.hpp"
#include "html/dom.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// A CSS selector (Selectors Level 4, the part that site profiles need; docs/profiles.md): type,
/// `*`, `#id`, `.class`, `[name]`, `[name=value]` with `~= |= ^= $= *=`, `:first-child`,
/// `:last-child`, `:not(one compound)`, the combinators ` `, `>`, `+`, `~`, and lists with commas.
/// Names of elements and attributes are compared without case, ids, classes and values with it.
///
/// Matching is one pass over the page for the whole list, whatever the selector: no backtracking.
class Selector {
 public:
  /// The error says what is wrong and at which character, from 1.
  [[nodiscard]] static Result<Selector, std::string> parse(std::string_view text);

  /// All matching elements, in document order.
  [[nodiscard]] std::vector<Dom::Index> select(const Dom& dom) const;

  struct Attribute {
    std::string name;
    std::string value;
    char how = 0;  ///< `=`, `~`, `|`, `^`, `$`, `*`; 0: it is there
  };
  struct Compound {
    std::string type;  ///< lower case; empty: any
    std::vector<Attribute> attributes;
    std::vector<std::string> classes;
    std::string id;
    bool first_child = false;
    bool last_child = false;
    std::vector<Compound> negated;
  };
  struct Step {
    Compound compound;
    char combinator = ' ';  ///< to the step before; of the first step without meaning
  };

 private:
  std::vector<std::vector<Step>> alternatives_;
};

}  // namespace tinwatch::parsers
