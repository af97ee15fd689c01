#include "html/attribute_tape.hpp"

#include <algorithm>

namespace tinwatch::parsers {

bool AttributeTape::take(std::string_view name, std::string_view value) {
  if (tags_.size() == most_placeholders || value.find('&') != std::string_view::npos ||
      value.find('\r') != std::string_view::npos || !is_passed_on(value))
    return false;
  const auto begin = place();
  text_.append(name).append(value);
  const Attribute one{begin, static_cast<std::uint32_t>(begin + name.size()), place()};
  std::transform(text_.begin() + one.name, text_.begin() + one.value, text_.begin() + one.name,
                 [](char c) { return ascii_lower(c); });
  attributes_.push_back(one);
  taken_.names |= name_bit(this->name(one));
  return true;
}

AttributeTape::TagNumber AttributeTape::end_tag(std::string& tag) {
  taken_.end = static_cast<std::uint32_t>(attributes_.size());
  if (taken_.begin == taken_.end) return 0;
  tag += ' ';
  append_utf8(tag, first_tag + static_cast<char32_t>(tags_.size()));
  tags_.push_back(taken_);
  taken_ = {.begin = taken_.end, .end = taken_.end, .names = 0};
  return static_cast<TagNumber>(tags_.size());
}

const AttributeTape::Tag* AttributeTape::tag_of(const GumboAttribute& shown) const {
  const std::string_view name = shown.name;
  if (name.size() != placeholder_width) return nullptr;
  std::size_t at = 0;
  const auto c = next_code_point(name, at);
  return c >= first_tag && c - first_tag < tags_.size() ? &tags_[c - first_tag] : nullptr;
}

std::span<const AttributeTape::Attribute> AttributeTape::behind(const GumboAttribute& shown) const {
  const auto* const tag = tag_of(shown);
  if (!tag) return {};
  return std::span(attributes_).subspan(tag->begin, tag->end - tag->begin);
}

std::span<const AttributeTape::Attribute> AttributeTape::behind(TagNumber number) const {
  if (number == 0) return {};
  const auto& tag = tags_[number - 1];
  return std::span(attributes_).subspan(tag.begin, tag.end - tag.begin);
}

std::uint64_t AttributeTape::names(const GumboAttribute& shown) const {
  const auto* const tag = tag_of(shown);
  return tag ? tag->names : name_bit(shown.name);
}

}  // namespace tinwatch::parsers
