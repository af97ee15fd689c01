#include "html/tree.hpp"

#include "html/streamed_parts.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t block_size = 256 * 1024;

void* allocate(void* arena, std::size_t bytes) { return static_cast<Arena*>(arena)->take(bytes); }
void forget(void*, void*) {}

}  // namespace

void* Arena::take(std::size_t bytes) {
  constexpr std::size_t alignment = alignof(std::max_align_t);
  bytes = (bytes + alignment - 1) / alignment * alignment;
  if (bytes > left_) {
    const auto size = std::max(bytes, block_size);
    // Not value-initialised: a quarter of a megabyte of zeros a page would be wasted.
    blocks_.push_back(std::unique_ptr<std::byte[]>(new std::byte[size]));
    next_ = blocks_.back().get();
    left_ = size;
  }
  auto* const piece = next_;
  next_ += bytes;
  left_ -= bytes;
  return piece;
}

HtmlTree::HtmlTree(std::string_view html, TextPlace place)
    : page_(is_sent_in_parts(html) ? prune(parts_in_place(html), place) : prune(html, place)) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &allocate;
  options.deallocator = &forget;
  options.userdata = &arena_;
  options.max_errors = 0;
  output_ = gumbo_parse_with_options(&options, page_.html.data(), page_.html.size());
}

}  // namespace tinwatch::parsers
