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

/// One short line of capitalised words without a full stop: a name, or several.
[[nodiscard]] bool looks_like_names(std::string_view text);

/// How the markup places a line: the style, align and class of its element.
[[nodiscard]] std::string placing(const Dom& dom, Dom::Index at);

/// "Kỳ cuối: ...", "Bài 2: ...", "Phần 3": the label that opens a part of a series.
[[nodiscard]] bool begins_with_part_label(std::string_view text);

}  // namespace tinwatch::parsers
