#pragma once

#include "page/text_block.hpp"

#include <string>
#include <string_view>

/// What the form of a line says of its part in an article.
namespace tinwatch::parsers {

/// Whether every letter of the block stands in an element of one of these two tags.
[[nodiscard]] bool wholly_in(const Dom& dom, const TextBlock& block, GumboTag a, GumboTag b);

/// The nearest element of `tag` at or above `at`, not above `stop`; else `Dom::none`.
[[nodiscard]] Dom::Index ancestor(const Dom& dom, Dom::Index at, GumboTag tag, Dom::Index stop);

/// Whether a <tr> has a single cell: then its table sets out the page and holds no data.
[[nodiscard]] bool has_one_cell(const Dom& dom, Dom::Index row);

/// How a line is set: the elements and names from below `stop` down to its text.
[[nodiscard]] std::string shape_of(const Dom& dom, const TextBlock& block, Dom::Index stop);

/// The element's name and its class.
[[nodiscard]] std::string type_and_class(const Dom& dom, Dom::Index at);

/// The nearest element at or above `one` that holds `other` as well; `Dom::none` without one.
[[nodiscard]] Dom::Index box_round(const Dom& dom, Dom::Index one, Dom::Index other);

/// How the markup places a line: the style, align and class of its element.
[[nodiscard]] std::string placing(const Dom& dom, Dom::Index at);

/// In italics or in the middle, as captions are set.
[[nodiscard]] bool is_set_apart(const Dom& dom, const TextBlock& block);

/// "Kỳ cuối: ...", "Bài 2: ...", "Phần 3": the label that opens a part of a series.
[[nodiscard]] bool begins_with_part_label(std::string_view text);

/// In words of six characters: Vietnamese writes each syllable by itself. Scripts without blanks
/// say as much in two characters.
[[nodiscard]] std::uint32_t length_of(const TextBlock& block);

}  // namespace tinwatch::parsers
