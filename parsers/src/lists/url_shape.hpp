#pragma once

#include "core/url.hpp"

#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// The form of an address with its words and numbers taken out, so that all articles of a site
/// share one or two: `/xa-hoi/mot-bai-viet-20221224191050762.htm` is `/*/slug-9+.htm`.
[[nodiscard]] std::string url_shape(const UrlParts& parts);

/// A slug of four words or more, or a number of four digits or more with some words.
[[nodiscard]] bool has_article_shape(const UrlParts& parts);

/// Whether the path leads to a topic, a tag, an author or a search: `/chu-de/...`, `/tag/...`.
[[nodiscard]] bool is_topic_path(std::string_view path);

/// Whether a number of `least` digits or more stands in the path: most systems number articles.
[[nodiscard]] bool has_number(std::string_view path, std::size_t least);

/// A picture, a document, a script...
[[nodiscard]] bool is_asset(std::string_view path);

}  // namespace tinwatch::parsers
