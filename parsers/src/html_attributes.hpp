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

/// Whether an element's or an attribute's name ends before this character.
[[nodiscard]] inline bool ends_name(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '/' || c == '>';
}

}  // namespace tinwatch::parsers
