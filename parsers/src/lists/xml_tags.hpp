#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

struct XmlName {
  std::string_view prefix;
  std::string_view local;
};
[[nodiscard]] XmlName split_xml_name(std::string_view written);

/// Whether a `<` or a `</` before such a character begins a tag.
[[nodiscard]] bool may_start_xml_name(char c);

struct XmlTag {
  std::string_view name;    ///< as written
  std::string_view inside;  ///< behind the name, without the `/` and the `>`
  std::size_t size = 0;     ///< bytes, its `>` included; one without ends before the next `<`
  bool empty = false;       ///< `<br/>`
};
/// The tag that `text` begins with; its name stands at `name_at`. A `>` in a quoted value is no
/// end; a quote that is not closed before the next tag opens nothing.
[[nodiscard]] XmlTag read_xml_tag(std::string_view text, std::size_t name_at);

/// Of the inside of a tag: NAME = "VALUE", NAME = VALUE and NAME, 400 of them at most.
void each_xml_attribute(std::string_view inside,
                        const std::function<void(std::string_view, std::string_view)>& take);

/// How many start tags of these names, whatever their prefix, the bytes hold outside of comments
/// and CDATA: what a reader should have met.
[[nodiscard]] std::size_t count_start_tags(std::string_view text,
                                           std::span<const std::string_view> names);

/// The name, lower case and without its prefix, of the first element for which `wanted` says so;
/// empty: none.
[[nodiscard]] std::string first_element(std::string_view text,
                                        const std::function<bool(std::string_view)>& wanted);

}  // namespace tinwatch::parsers
