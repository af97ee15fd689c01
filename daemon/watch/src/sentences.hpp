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
  /// How many characters stand before a byte. `text` is the same in each call.
  [[nodiscard]] std::size_t character_at(std::string_view text, std::size_t byte);
  /// The sentence around [begin, end), its blanks squeezed. `text` is the same in each call.
  [[nodiscard]] const std::string& sentence_at(std::string_view text, std::size_t begin,
                                               std::size_t end);

 private:
  std::vector<std::size_t> counts_;  // characters before each block of bytes that was asked for
  std::map<std::pair<std::size_t, std::size_t>, std::string> sentences_;  // by their bytes
};

}  // namespace tinwatch::watch
