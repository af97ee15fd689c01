#pragma once

#include "html/prune.hpp"

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// Memory that is given out piece by piece and taken back whole: Gumbo's own way of freeing a tree
/// recurses as deep as the page nests.
class Arena {
 public:
  void* take(std::size_t bytes);

 private:
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

/// A pruned and parsed HTML page. Owns its text too, because Gumbo's nodes point into it; hence
/// not copyable.
class HtmlTree {
 public:
  explicit HtmlTree(std::string_view html, TextPlace place = TextPlace::aside);
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  [[nodiscard]] const GumboNode& root() const { return *output_->root; }
  /// The tree's texts (`TextReader`) and attributes.
  [[nodiscard]] const Placeholders& placeholders() const { return page_.placeholders; }
  [[nodiscard]] const std::vector<std::string>& json_ld() const { return page_.json_ld; }
  [[nodiscard]] const std::vector<std::string>& state() const { return page_.state; }

 private:
  PrunedHtml page_;
  Arena arena_;
  GumboOutput* output_;  // lives in arena_
};

}  // namespace tinwatch::parsers
