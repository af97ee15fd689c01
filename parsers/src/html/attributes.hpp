#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tinwatch::parsers {

/// An attribute as a start tag writes it: views of the page.
struct HtmlAttribute {
  std::string_view name;  ///< empty: a slash
  std::string_view value;
};

/// The next attribute of the start tag in which `at` stands, or a slash there; moves behind it.
/// Nothing at the tag's end, where `at` then is (WHATWG HTML sections 13.2.5.32 to 39).
[[nodiscard]] std::optional<HtmlAttribute> next_attribute(std::string_view html, std::size_t& at);

/// White space as HTML knows it (WHATWG Infra section 4.6), and what may come instead of line
/// feeds.
[[nodiscard]] constexpr bool is_html_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/// Whether an element's or an attribute's name ends before this character.
[[nodiscard]] constexpr bool ends_name(char c) { return is_html_blank(c) || c == '/' || c == '>'; }

/// Whether Gumbo takes this attribute's name as it is, but for its case.
[[nodiscard]] bool is_plain_name(std::string_view name);

/// Attributes that tell what an element is.
[[nodiscard]] bool is_telling(std::string_view name);

}  // namespace tinwatch::parsers
