#pragma once

#include "html/dom.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tinwatch::parsers {

/// A run of text between two block boundaries: what a reader sees as one paragraph, whatever the
/// markup calls it (docs/extraction.md, "Blocks"). Counts are code points after white space is
/// collapsed; a word is a run of letters and digits.
struct TextBlock {
  Dom::Index owner = 0;  ///< the element whose line it is
  Dom::Index first = 0;  ///< its nodes are [first, end)
  Dom::Index end = 0;
  std::uint32_t chars = 0;
  std::uint32_t link_chars = 0;
  std::uint32_t strong_chars = 0;  ///< in <strong>, <b>, <em>, <i>
  std::uint32_t cjk_chars = 0;     ///< U+2E80 and above: scripts without blanks between words
  std::uint32_t words = 0;
  bool has_digit = false;  ///< ASCII

  [[nodiscard]] double link_share() const {
    return chars == 0 ? 0 : static_cast<double>(link_chars) / chars;
  }
  /// Whether hardly any of it is set otherwise.
  [[nodiscard]] bool is_strong() const { return strong_chars * 10 > chars * 9; }
  /// What a block says: characters outside of links, when they are enough to be prose. Scripts
  /// that say more with a character count double.
  [[nodiscard]] std::uint32_t prose() const;
};

/// The blocks inside `root` in document order. Linear; scripts, forms' controls and the like hold
/// no text.
[[nodiscard]] std::vector<TextBlock> read_blocks(const Dom& dom, Dom::Index root, const Skip& skip);

/// The block's text, squeezed.
[[nodiscard]] std::string text_of(const Dom& dom, const TextBlock& block, const Skip& skip = {});

/// The text nodes of a block that show something.
[[nodiscard]] std::size_t text_nodes(const Dom& dom, const TextBlock& block);

/// The block's text with a blank between its elements, as <b>06/11/2024</b><b>18:05</b> is meant;
/// at most `most` bytes of it.
[[nodiscard]] std::string spaced_text(const Dom& dom, const TextBlock& block, std::size_t most);

/// Sums over blocks by where they stand: `over(element)` is the sum over all blocks inside it.
class BlockSums {
 public:
  template <class Value>
  BlockSums(const Dom& dom, const std::vector<TextBlock>& blocks, Value value)
      : dom_(dom), before_(dom.size() + 1, 0) {
    for (const auto& block : blocks) before_[block.owner + 1] += value(block);
    for (std::size_t i = 1; i < before_.size(); ++i) before_[i] += before_[i - 1];
  }
  [[nodiscard]] double over(Dom::Index at) const { return before_[dom_[at].end] - before_[at]; }
  /// The sum over all blocks that stand in [from, to).
  [[nodiscard]] double between(Dom::Index from, Dom::Index to) const {
    return from < to ? before_[to] - before_[from] : 0;
  }

 private:
  const Dom& dom_;
  std::vector<double> before_;
};

}  // namespace tinwatch::parsers
