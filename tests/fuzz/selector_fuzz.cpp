#include "html/selector.hpp"

/// A selector and a page, parted by a line break: whatever both are, matching ends, and what it
/// chooses are elements of the page in document order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tinwatch::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto cut = std::min(bytes.find('\n'), bytes.size());
  const auto selector = Selector::parse(bytes.substr(0, cut));
  if (!selector) {
    if (selector.error().empty()) __builtin_trap();
    return 0;
  }
  const HtmlTree tree(bytes.substr(std::min(cut + 1, bytes.size())));
  const Dom dom(tree);
  Dom::Index before = 0;
  for (const auto at : selector->select(dom)) {
    if (at < before || at >= dom.size() || dom[at].is_text) __builtin_trap();
    before = at;
  }
  return 0;
}
