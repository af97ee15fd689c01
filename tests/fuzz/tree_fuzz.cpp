#include "parsers/outline.hpp"

#include <cstdint>

/// A page whose text stands beside its HTML gives the tree of the whole page, whatever is in it,
/// and none nests deeper than it may.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch::parsers;
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  if (const HtmlTree tree(html); depth_of(Dom(tree)) > deepest_tree) __builtin_trap();
  if (outline(HtmlTree(html)) != outline(HtmlTree(html, TextPlace::in_html))) __builtin_trap();
  return 0;
}
