#pragma once

#include "tokens.hpp"
#include "watch/query.hpp"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::watch {

using TokenId = std::uint32_t;
using TermId = std::uint32_t;
inline constexpr std::uint32_t none = 0xffffffff;

/// Words that some watch names, each with a number. Open addressing; the words lie in one piece.
class Dictionary {
 public:
  std::uint32_t add(std::u16string_view key);
  [[nodiscard]] std::uint32_t find(std::u16string_view key) const;

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t word = none;
  };
  [[nodiscard]] static std::uint32_t hash_of(std::u16string_view key);
  /// Where a key is marked among all: most words of a text are in no watch, and are told so by
  /// their length and the letters at their ends.
  static constexpr std::size_t marks = 4096;
  [[nodiscard]] static std::size_t mark_of(std::u16string_view key) {
    return key.empty() ? 0 : (key.front() * 7U + key.back() * 61U + key.size() * 509U) % marks;
  }
  [[nodiscard]] std::u16string_view word(std::uint32_t number) const {
    const auto begin = number == 0 ? 0 : ends_[number - 1];
    return std::u16string_view(letters_).substr(begin, ends_[number] - begin);
  }
  void grow();

  std::bitset<marks> marked_;
  std::u16string letters_;
  std::vector<std::uint32_t> ends_;  // of each word, in letters_
  std::vector<Slot> slots_;
};

/// The terms of one mode: a dictionary of their tokens and a trie of their sequences. A text costs
/// a look-up a token and a step a token that begins or continues a term.
class Lexicon {
 public:
  explicit Lexicon(Mode mode) : mode_(mode) {}

  /// The number that `next` would give, or the one it has already; `next` is used up when the
  /// answer is it.
  TermId add(const Term& term, TermId next);
  /// Once, when all are in.
  void finish();

  [[nodiscard]] Mode mode() const { return mode_; }

  /// Of a token; `none`: no term has it.
  [[nodiscard]] TokenId word_id(std::u16string_view key) const {
    const auto found = words_.find(key);
    return found == none ? none : 2 * found;
  }
  /// The ids of the prefixes that a token begins with, appended to `out`.
  void prefix_ids(const CutToken& token, std::string_view printed, std::vector<TokenId>& out) const;
  [[nodiscard]] bool has_prefixes() const { return !prefix_lengths_.empty(); }

  /// Node 0 is the root; a step to it is none.
  [[nodiscard]] std::uint32_t first_step(TokenId id) const {
    return id < roots_.size() ? roots_[id] : 0;
  }
  [[nodiscard]] std::uint32_t step(std::uint32_t node, TokenId id) const {
    const auto hash = hash_of(node, id);
    const auto bit = hash & (8 * sieve_.size() - 1);
    if ((sieve_[bit / 8] >> (bit % 8) & 1U) == 0) return 0;
    for (auto slot = hash >> 32U & (edges_.size() - 1);; slot = (slot + 1) & (edges_.size() - 1)) {
      const auto& edge = edges_[slot];
      if (edge.next == 0) return 0;
      if (edge.node == node && edge.id == id) return edge.next;
    }
  }

  /// A term that ends at a node; several are linked.
  struct Ending {
    TermId term = none;
    std::uint32_t other = none;  ///< the next one of the node
    std::shared_ptr<const Term::Strict> strict;
  };
  [[nodiscard]] std::uint32_t ending_at(std::uint32_t node) const { return node_endings_[node]; }
  [[nodiscard]] const Ending& ending(std::uint32_t number) const { return endings_[number]; }

 private:
  struct Edge {
    std::uint32_t node = 0;
    TokenId id = 0;
    std::uint32_t next = 0;  // 0: free
  };
  [[nodiscard]] static std::uint64_t hash_of(std::uint32_t node, TokenId id) {
    auto hash = (static_cast<std::uint64_t>(node) << 32U | id) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29U;
    return hash * 0xbf58476d1ce4e5b9ULL;
  }
  std::uint32_t make_step(std::uint32_t node, TokenId id);
  std::uint32_t new_node();
  void grow();

  Mode mode_;
  Dictionary words_;
  Dictionary beginnings_;
  std::vector<std::size_t> prefix_lengths_;  // in characters, sorted
  std::vector<std::uint32_t> roots_;         // the node that a token leads to, by its id
  std::vector<Edge> edges_;
  std::size_t edge_count_ = 0;
  std::vector<std::uint8_t> sieve_;  // which edges there may be, a bit each by their hash
  std::vector<std::uint32_t> node_endings_ = {none};
  std::vector<Ending> endings_;
};

}  // namespace tinwatch::watch
