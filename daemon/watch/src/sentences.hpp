#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tinwatch::watch {

/// The bytes of the sentence, or the sentences, that [begin, end) stands in: to the paragraph's
/// ends at most, and no more than 2,000 bytes on either side. A full stop in a number or an
/// abbreviation ends none.
[[nodiscard]] std::pair<std::size_t, std::size_t> sentence_around(std::string_view text,
                                                                  std::size_t begin,
                                                                  std::size_t end);

/// Places of one field as they are told: what was counted or squeezed for one watch serves the
/// next, for many watches are hit by the same sentences.
class FieldPlaces {
 public:
  /// Sentences that are kept, of 4 KB at most: where a text has no full stops, each place has a
  /// sentence of its own.
  static constexpr std::size_t most_kept = 500;

  /// `text` outlives this.
  explicit FieldPlaces(std::string_view text) : text_(text) {}

  /// How many characters stand before a byte.
  [[nodiscard]] std::size_t character_at(std::size_t byte);
  /// The sentence around [begin, end), its blanks squeezed.
  [[nodiscard]] std::string sentence_at(std::size_t begin, std::size_t end);
  [[nodiscard]] std::size_t kept() const { return sentences_.size(); }

 private:
  std::string_view text_;
  std::vector<std::size_t> counts_ = {0};  // characters before each block that was asked for
  std::map<std::pair<std::size_t, std::size_t>, std::string> sentences_;  // by their bytes
};

}  // namespace tinwatch::watch
