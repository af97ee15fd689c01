#pragma once

#include "open_elements.hpp"
#include "placeholders.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// Copies start tags from a page to the HTML that Gumbo reads, with at most `most_attributes`
/// harmless attributes each; most of these go beside it.
class TagWriter {
 public:
  /// `aside`: attributes may stand beside the HTML. `html` lives longer than this.
  TagWriter(std::string_view html, bool aside) : html_(html), aside_(aside) {}

  /// The tag of that name at `at`, which moves behind it. Returns what stands for its attributes;
  /// nothing when some of them are left to Gumbo.
  std::optional<Placeholders::TagNumber> copy(const Name& name, std::size_t& at, std::string& out,
                                              Placeholders& placeholders);

 private:
  /// Of attributes with one name the first counts (WHATWG HTML section 13.2.5.33).
  bool is_first(std::string_view name);

  std::string_view html_;
  bool aside_;
  std::size_t shared_count_ = 0;         // attributes of <html> and <body>
  std::vector<std::string_view> names_;  // of the attributes of the tag being copied, sorted
};

}  // namespace tinwatch::parsers
