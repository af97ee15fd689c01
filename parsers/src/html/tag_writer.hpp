#pragma once

#include "html/open_elements.hpp"
#include "html/placeholders.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tinwatch::parsers {

/// Writes the start tags of a page as Gumbo is to read them, with at most `most_attributes`
/// harmless attributes each; most of these go beside the HTML.
class TagWriter {
 public:
  struct Tag {
    std::string_view html;  ///< until the next tag is written
    /// What stands for its attributes; nothing when some of them are left to Gumbo.
    std::optional<AttributeTape::TagNumber> aside;
  };

  /// `html` lives longer than this.
  TagWriter(std::string_view html, TextPlace place)
      : html_(html), aside_(place == TextPlace::aside) {}

  /// The tag of that name at `at`, which moves behind it.
  [[nodiscard]] Tag write(const Name& name, std::size_t& at);

  /// Bytes of the attributes beside the HTML.
  [[nodiscard]] std::size_t bytes_aside() const { return tape_.bytes(); }
  /// The attributes of all tags that were written. The last call.
  [[nodiscard]] AttributeTape take() { return std::move(tape_); }

 private:
  /// Of attributes with one name the first counts (WHATWG HTML section 13.2.5.33).
  bool is_first(std::string_view name);

  std::string_view html_;
  bool aside_;
  AttributeTape tape_;
  std::string out_;                      // the tag being written
  std::size_t shared_count_ = 0;         // attributes of <html> and <body>
  std::vector<std::string_view> names_;  // of its attributes, sorted
};

}  // namespace tinwatch::parsers
