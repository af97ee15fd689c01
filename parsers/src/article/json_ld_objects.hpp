#pragma once

#include "article/json_ld.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Single objects of JSON-LD.
namespace tinwatch::parsers {

/// A text, or the first of a list, without markup.
[[nodiscard]] std::string text_at(const boost::json::object& in, std::string_view name);
[[nodiscard]] std::vector<std::string_view> types_of(const boost::json::object& in);
[[nodiscard]] bool is_article_type(std::string_view type);

/// How surely an article is the page's own; 0: it is another's. `listed`: it stands in a list. One
/// that says when it was published says more than a teaser.
[[nodiscard]] int belonging(const boost::json::object& object, const PageIdentity& page,
                            bool listed);

}  // namespace tinwatch::parsers
