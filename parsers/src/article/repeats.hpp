#pragma once

#include "article/block_candidate.hpp"

#include <string>
#include <unordered_map>

namespace tinwatch::parsers {

/// The same text in another box is the page's copy of it: a summary, a lightbox. Among the same
/// paragraphs it was written twice.
class Repeats {
 public:
  explicit Repeats(const Dom& dom) : dom_(dom) {}
  [[nodiscard]] bool is_copy(const Candidate& one) {
    if (one.words() < least_words) return false;
    const auto [first, added] = seen_.emplace(one.key, one.block->owner);
    if (added) return false;
    const auto here = one.block->owner;
    const auto there = first->second;
    return dom_[here].tag != dom_[there].tag || dom_[here].parent != dom_[there].parent ||
           here == there || dom_.attribute(here, "class") != dom_.attribute(there, "class");
  }

 private:
  static constexpr std::uint32_t least_words = 8;
  const Dom& dom_;
  std::unordered_map<std::string, Dom::Index> seen_;  // key -> owner of the first
};

}  // namespace tinwatch::parsers
