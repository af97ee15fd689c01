#include "parsers/outline.hpp"

#include <cctype>
#include <cstdint>

namespace {

/// Whether a character reference without its semicolon stands before a tag: when that tag is cut,
/// the text behind it would be read as the rest of the name, but only where it stands in the HTML.
bool has_open_reference(std::string_view html) {
  for (auto at = html.find('&'); at != std::string_view::npos; at = html.find('&', at + 1)) {
    auto end = at + 1;
    while (end < html.size() &&
           (std::isalnum(static_cast<unsigned char>(html[end])) != 0 || html[end] == '#'))
      ++end;
    if (end == html.size() || html[end] == '<') return true;
  }
  return false;
}

/// Whether a page may hold a private-use character that a placeholder could be: where such a one
/// has to stay in the HTML, it is replaced.
bool has_private(std::string_view html) {
  for (const char c : html)
    if (static_cast<unsigned char>(c) >= 0xF3) return true;
  for (auto at = html.find("&#"); at != std::string_view::npos; at = html.find("&#", at + 1)) {
    auto end = at + 2;
    while (end < html.size() && std::isalnum(static_cast<unsigned char>(html[end])) != 0) ++end;
    if (end - at > 6) return true;
  }
  return false;
}

}  // namespace

/// A page whose text stands beside its HTML gives the tree of the whole page, and none nests deeper
/// than it may.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch::parsers;
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  if (has_open_reference(html) || has_private(html)) return 0;
  if (const HtmlTree tree(html); depth_of(Dom(tree)) > deepest_tree) __builtin_trap();
  if (outline(HtmlTree(html)) != outline(HtmlTree(html, TextPlace::in_html))) __builtin_trap();
  return 0;
}
