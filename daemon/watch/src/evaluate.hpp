#pragma once

#include "reading.hpp"
#include "sentences.hpp"
#include "watch/article_text.hpp"
#include "watch/query.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tinwatch::watch {

/// A state of an article, read in each mode that watches ask for.
struct ReadText {
  const ArticleText* text = nullptr;  ///< null: there is none, as before a first publication
  std::array<std::optional<Reading>, ways_of_writing> readings;
  std::array<std::optional<FieldPlaces>, field_count> places;  ///< of fields that were hit

  /// Tokens are the same in all modes.
  [[nodiscard]] const Reading& any() const;
};

/// The tokens that an edit added to the new state and removed from the old one, a flag each.
struct EditedTokens {
  std::vector<bool> added;
  std::vector<bool> removed;
};

/// An article before and after, and what happened to it.
struct Happening {
  ReadText before;
  ReadText after;
  Occasion occasion;
  std::optional<EditedTokens> edited;  ///< found out when a watch asks

  const EditedTokens& edited_tokens(WorkBudget& budget);
};

/// A query's terms by their numbers in the lexicons. Those of one step stand side by side and rise.
struct TermNumbers {
  std::span<const TermId> ids;
  std::span<const Mode> modes;  ///< of all terms, by number
};

/// Where a step's terms stand.
struct Place {
  std::uint32_t token = 0;
  std::uint32_t length = 0;  ///< tokens; 0: bytes below, of a regular expression
  std::uint16_t field = 0;
  bool in_old_text = false;
  Edited edited = Edited::any;  ///< of the scope that asked
  std::uint32_t begin = 0;      ///< bytes of the field
  std::uint32_t end = 0;
};

/// Kleene's three values: a missing date satisfies neither a condition nor its NOT.
enum class Truth : std::uint8_t { no, yes, unknown };

/// One query, asked of one of the two states.
class Evaluation {
 public:
  Evaluation(const Query& query, const TermNumbers& numbers, Happening& happening, bool of_old_text,
             WorkBudget& budget);

  [[nodiscard]] bool matches() const { return truths_.back() == Truth::yes; }
  [[nodiscard]] Truth truth(std::size_t step) const { return truths_[step]; }
  /// What made it match: at most `most` places, in the order of fields and text.
  [[nodiscard]] std::vector<Place> evidence(std::size_t most) {
    return evidence_of(query_.steps().size() - 1, most);
  }
  /// What made a step true.
  [[nodiscard]] std::vector<Place> evidence_of(std::size_t step, std::size_t most);

 private:
  /// Of all terms of an `any`, by their first tokens, the longer ones first.
  [[nodiscard]] std::vector<Place> places(const Query::Step& step);
  /// Two spellings at one place are one occurrence: the longer one.
  [[nodiscard]] std::vector<Place> distinct_places(const Query::Step& step);
  void add_places(const Reading& reading, std::span<const Occurrence> found, const Scope& scope,
                  std::vector<Place>& out);
  [[nodiscard]] std::vector<Place> pattern_places(const Pattern& pattern, std::size_t most);
  [[nodiscard]] Truth near(std::size_t step);
  [[nodiscard]] Truth count(const Query::Step& step, const Query::Step& of);
  [[nodiscard]] Truth condition(const Condition& condition) const;
  [[nodiscard]] Truth any(const Query::Step& step);
  /// Of both operands of a `near` that are there.
  [[nodiscard]] std::vector<Place> places_near(std::size_t step, std::size_t most);
  /// Whether a scope speaks of the state before.
  [[nodiscard]] bool is_old(Edited edited) const;
  /// The state that a scope speaks of; null: there is none.
  [[nodiscard]] const ReadText* side(Edited edited) const;
  [[nodiscard]] bool is_edited(Edited edited, std::uint32_t first, std::uint32_t length);

  const Query& query_;
  const TermNumbers& numbers_;
  Happening& happening_;
  bool of_old_text_;
  WorkBudget& budget_;
  std::vector<Truth> truths_;
};

}  // namespace tinwatch::watch
