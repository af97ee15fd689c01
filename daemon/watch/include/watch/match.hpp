#pragma once

#include "core/editorial_state.hpp"
#include "core/work_budget.hpp"
#include "watch/query.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace tinwatch::watch {

/// Where a term was found.
struct Hit {
  std::string field;
  std::size_t offset = 0;  ///< bytes from the start of the field
  std::string words;       ///< as printed
  friend bool operator==(const Hit&, const Hit&) = default;
};

/// Texts ready for many queries of one mode: a term costs as much as it occurs, not as they are
/// long.
class Haystack {
 public:
  Haystack(std::vector<EditorialField> fields, Mode mode);

  struct Field {
    std::string name;
    std::string text;
    std::vector<Token> tokens;
  };
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }

  /// A token: its field's number, and its own within the field.
  struct Place {
    std::size_t hash = 0;  ///< of its word
    std::uint32_t field = 0;
    std::uint32_t token = 0;
    friend bool operator<(const Place& a, const Place& b) {
      return std::tie(a.hash, a.field, a.token) < std::tie(b.hash, b.field, b.token);
    }
  };
  /// Where a folded word stands, in the order of the text. Another word of the same hash may be
  /// among them.
  [[nodiscard]] std::span<const Place> places_of(const std::string& folded) const;

 private:
  std::vector<Field> fields_;
  std::vector<Place> by_word_;  // of all fields, sorted
};

/// The editorial fields that a watch reads: everything printed but dates, sections' order and image
/// addresses.
[[nodiscard]] std::vector<EditorialField> watched_fields(const EditorialState& state);

struct Match {
  bool matches = false;
  std::vector<Hit> hits;  ///< of the terms that made it match, at most 50
};
/// Throws OverBudget.
[[nodiscard]] Match match(const Query& query, const Haystack& haystack, WorkBudget& budget);
/// With a budget of its own.
[[nodiscard]] Match match(const Query& query, const Haystack& haystack);

/// What an article's new state means to a watch.
enum class Transition { appeared, disappeared, changed };
[[nodiscard]] std::string_view label(Transition transition);

struct WatchHit {
  Transition transition = Transition::appeared;
  std::vector<Hit> hits;  ///< in the new state; in the old one for `disappeared`
};

/// Two states of an article, ready for the queries of all watches: its words are read once a mode.
class Comparison {
 public:
  /// `before` is null for a new article. Both outlive this.
  Comparison(const EditorialState* before, const EditorialState& after)
      : before_(before), after_(after) {}

  /// An edit elsewhere in a matching article is no hit: `changed` needs a matched sentence that
  /// reads otherwise now (of a sentence without an end, what stands around the hit). Throws
  /// OverBudget.
  [[nodiscard]] std::optional<WatchHit> find(const Query& query, WorkBudget& budget);

 private:
  struct Texts {
    Haystack now;
    std::optional<Haystack> then;
  };
  Texts& texts(Mode mode, WorkBudget& budget);

  const EditorialState* before_;
  const EditorialState& after_;
  std::array<std::optional<Texts>, 3> texts_;  // by mode
};

}  // namespace tinwatch::watch
