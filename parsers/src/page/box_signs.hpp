#pragma once

#include "page/teaser_cards.hpp"
#include "page/text_block.hpp"

namespace tinwatch::parsers {

/// What a box holds tells what it is, whatever it is called. Each asks for sums that are at hand.
struct BoxSums {
  const Dom& dom;
  Dom::Index body;
  const TagCount& pictures;
  const TagCount& anchors;
  const BlockSums& chars;  ///< of all text a reader sees
};

/// What shares a box with one picture and nothing else says what it shows: `media__meta`,
/// `image-info`.
[[nodiscard]] bool is_legend(const BoxSums& sums, Dom::Index at);

/// One picture and its words, whatever the box is called: a gallery of one is none.
[[nodiscard]] bool is_one_picture(const BoxSums& sums, Dom::Index at);

/// A heading in a box that holds nothing else, as `<header><h2>` before a part of the text.
[[nodiscard]] bool is_heading_alone(const BoxSums& sums, Dom::Index at);

/// A card that opens over a name in the text.
[[nodiscard]] bool is_popup(const BoxSums& sums, Dom::Index at);

/// An embed: a box whose text is a quotation.
[[nodiscard]] bool is_mostly_quotes(const BoxSums& sums, Dom::Index at);

/// The cell and the row round a heading that hold nothing else; the heading where there are none.
[[nodiscard]] Dom::Index alone_in(const BoxSums& sums, Dom::Index heading);

}  // namespace tinwatch::parsers
