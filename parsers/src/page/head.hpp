#pragma once

#include "html/dom.hpp"

#include <map>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// What <head> declares, wherever it stands on the page.
struct Head {
  std::map<std::string, std::string> meta;  ///< property, name or itemprop, lower case -> content
  std::string title;
  std::string canonical;
  std::string language;

  explicit Head(const Dom& dom);
  /// The content of the first of these names that is there; else empty.
  [[nodiscard]] std::string first(std::initializer_list<std::string_view> names) const;
  /// What it says of the page in a sentence or two.
  [[nodiscard]] std::string description() const {
    return first({"og:description", "description", "twitter:description"});
  }
};

}  // namespace tinwatch::parsers
