#pragma once

#include "core/text.hpp"
#include "core/url.hpp"
#include "lists/xml_mend.hpp"
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

/// The attributes that libxml2 reads of the tag that `text` begins with: NAME = "VALUE", as often
/// as it goes on.
inline int attributes_of(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto skip = [&](std::string_view what, bool while_in) {
    const auto end = while_in ? text.find_first_not_of(what) : text.find_first_of(what);
    text.remove_prefix(std::min(end, text.size()));
  };
  skip(" \t\r\n/>", false);
  for (int count = 0;; ++count) {
    skip(blanks, true);
    skip("= \t\r\n/>\"'<", false);
    skip(blanks, true);
    if (!text.starts_with('=')) return count;
    text.remove_prefix(1);
    skip(blanks, true);
    if (!text.starts_with('"') && !text.starts_with('\'')) return count;
    const auto end = text.find(text.front(), 1);
    if (end == std::string_view::npos || text.find('<') < end) return count;
    text.remove_prefix(end + 1);
  }
}

/// What is given to libxml2: not much longer, no declaration, comment or instruction, no tag with
/// more than 400 attributes.
inline void check_mended(std::string_view bytes) {
  const auto text = parsers::decode_xml(bytes);
  require(is_valid_utf8(text));
  const auto mended = parsers::mend_xml(text);
  require(is_valid_utf8(mended) && mended.size() <= text.size() * 3 + 4096);
  for (std::size_t at = mended.find('<'); at < mended.size(); at = mended.find('<', at + 1)) {
    const auto rest = std::string_view(mended).substr(at);
    if (rest.starts_with("<![CDATA[")) {
      at = std::min(mended.find("]]>", at), mended.size() - 1);
      continue;
    }
    require(rest.size() > 1 && rest[1] != '!' && rest[1] != '?' && rest[1] != ' ');
    require(attributes_of(rest.substr(0, 1 << 20)) <= 400);
  }
}

}  // namespace tinwatch::fuzz
