#include "html/tree.hpp"

#include "html/streamed_parts.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t first_block = 8 * 1024;  // bytes; each of the next is four times as large...
constexpr std::size_t largest_block = 256 * 1024;  // ...up to this
constexpr std::size_t growing_blocks = 3;

void* allocate(void* arena, std::size_t bytes) { return static_cast<Arena*>(arena)->take(bytes); }
void forget(void*, void*) {}

}  // namespace

void* Arena::take(std::size_t bytes) {
  constexpr std::size_t alignment = alignof(std::max_align_t);
  bytes = (bytes + alignment - 1) / alignment * alignment;
  if (bytes > left_) {
    // A line of text with a tag in it is a tree too: the first blocks are small.
    const auto next =
        blocks_.size() < growing_blocks ? first_block << (2 * blocks_.size()) : largest_block;
    const auto size = std::max(bytes, next);
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
