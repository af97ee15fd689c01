#pragma once

#include "page/page.hpp"

#include <unordered_set>
#include <vector>

namespace tinwatch::parsers {

/// Which boxes that are named "widget" and nothing else hold the text: builders of pages call
/// every part of it so, themes the boxes of their sidebars.
class TextWidgets {
 public:
  /// The sums are over these blocks: prose, characters, linked characters.
  TextWidgets(Page& page, const std::vector<TextBlock>& blocks, const BlockSums& prose,
              const BlockSums& chars, const BlockSums& links);

  /// Prose, in a box that is named for the content or that paragraphs stand in as well.
  [[nodiscard]] bool hold(Dom::Index at) const;

 private:
  Page& page_;
  const BlockSums& prose_;
  const BlockSums& chars_;
  const BlockSums& links_;
  std::unordered_set<Dom::Index> flows_;  // what paragraphs of prose stand right inside
};

}  // namespace tinwatch::parsers
