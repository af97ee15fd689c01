#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

/// Vietnamese that nobody wrote: real syllables, as often as syllables are in newspapers (Zipf), no
/// sense.
namespace tinwatch::bench {

class Vietnamese {
 public:
  explicit Vietnamese(std::uint32_t seed);

  [[nodiscard]] std::string syllable();
  /// Two to five syllables.
  [[nodiscard]] std::string phrase();
  /// Sentences in paragraphs, of about so many bytes.
  [[nodiscard]] std::string text(std::size_t bytes);

 private:
  std::mt19937 random_;
  std::vector<std::string> syllables_;
  std::discrete_distribution<std::size_t> often_;
};

}  // namespace tinwatch::bench
