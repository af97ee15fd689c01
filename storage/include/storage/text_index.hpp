#pragma once

#include "storage/reader.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace tinwatch::storage {

class Transaction;

/// The fields that are searched, in the order of `watch::Field`.
inline constexpr std::size_t indexed_fields = 8;

/// What a revision says.
struct IndexEntry {
  std::int64_t revision = 0;  ///< its row
  /// Of each field its words in small letters without diacritics, a blank between two; empty: it
  /// has none.
  std::array<std::string, indexed_fields> words;
};

/// Words that stand beside each other, written as in an entry.
struct IndexTerm {
  std::string words;           ///< never empty
  bool is_prefix = false;      ///< the last word is the beginning of one
  std::uint8_t fields = 0xff;  ///< a bit a field
};

/// What is looked for, in reverse Polish order.
struct IndexQuery {
  enum class Op : std::uint8_t { term, both, either };
  struct Step {
    Op op = Op::term;
    IndexTerm term;  ///< of `term`
  };
  std::vector<Step> steps;  ///< empty: everything
};

/// Which revisions, by their rows: rows rise with time.
struct IndexRange {
  std::int64_t after = 0;                                          ///< exclusive
  std::int64_t before = std::numeric_limits<std::int64_t>::max();  ///< exclusive
};

/// Which revisions have a word. The only place that knows the engine of the search. It tells
/// candidates: what an entry cannot say (diacritics, capitals, signs, distances) is asked of them.
class TextIndex {
 public:
  /// `reader` outlives it.
  explicit TextIndex(const Reader& reader) : reader_(&reader) {}

  /// Rows of revisions, newest first, at most `limit`.
  [[nodiscard]] std::vector<std::int64_t> newest(const IndexQuery& query, IndexRange range,
                                                 std::size_t limit) const;
  /// The newest revision that is in it; 0: none.
  [[nodiscard]] std::int64_t reaches() const;

  /// Adds revisions behind those that are in it, in rising order; answers the newest one's row.
  /// What is in it already is left as it is.
  static std::int64_t add(Transaction& transaction, const std::vector<IndexEntry>& entries);

 private:
  const Reader* reader_;
};

}  // namespace tinwatch::storage
