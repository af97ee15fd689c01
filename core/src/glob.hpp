#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tinwatch {

/// Matches the patterns of robots.txt files (RFC 9309 section 2.2.3): `*` is any run of bytes, a
/// final `$` the end of the text; without one a pattern matches what starts with it.
///
/// Each piece between two stars is taken at its leftmost place, which is exact for such patterns,
/// and found by the algorithm of Knuth, Morris and Pratt. So a look-up takes at most two steps a
/// byte of the pattern and one a byte of the text, whatever they hold.
class GlobMatcher {
 public:
  [[nodiscard]] bool matches(std::string_view pattern, std::string_view text);
  /// Bytes looked at by all look-ups so far.
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  /// Where `piece` first stands in `text` from `from` on, or npos.
  std::size_t find(std::string_view text, std::string_view piece, std::size_t from);
  void learn_borders(std::string_view piece);

  std::vector<std::uint32_t> borders_;  // of each prefix of the piece, its longest one
  std::size_t steps_ = 0;
};

}  // namespace tinwatch
