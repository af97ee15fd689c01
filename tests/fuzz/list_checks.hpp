#pragma once

#include "core/text.hpp"
#include "core/url.hpp"
#include "lists/xml_text.hpp"
#include "parsers/listing.hpp"

#include <algorithm>

namespace tinwatch::fuzz {

inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

/// What holds for every entry, whoever wrote it.
inline void check_items(const std::vector<parsers::Item>& items, std::size_t most) {
  require(items.size() <= most);
  for (const auto& item : items) {
    require(canonical_url(item.url).has_value() && is_valid_utf8(item.url));
    require(is_valid_utf8(item.headline) && squeeze(item.headline) == item.headline);
    require(is_valid_utf8(item.description));
    for (const auto& image : item.images) require(canonical_url(image).has_value());
  }
}

inline bool operator==(const parsers::Item& a, const parsers::Item& b) {
  const auto text = [](const auto& date) { return date ? date->text() : std::string(); };
  return a.url == b.url && a.headline == b.headline && a.images == b.images &&
         text(a.date_published) == text(b.date_published) &&
         text(a.date_modified) == text(b.date_modified);
}

/// What the reader met are no more entries than stand there, and a fault has a line.
inline void check_count(const parsers::EntryCount& count, std::string_view bytes) {
  const auto text = parsers::decode_xml(bytes);
  require(is_valid_utf8(text));
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  require(count.cut_at <= lines + 1);
}

}  // namespace tinwatch::fuzz
