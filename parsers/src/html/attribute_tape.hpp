#pragma once

#include "html/gumbo_text.hpp"

#include <gumbo.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// One of 64 bits for an attribute's name, in lower case: by its ends and its length.
[[nodiscard]] inline std::uint64_t name_bit(std::string_view name) {
  if (name.empty()) return 0;
  const auto ends = static_cast<unsigned>(name.front()) * 7 + static_cast<unsigned>(name.back());
  return std::uint64_t{1} << ((ends + name.size() * 11) & 63U);
}

/// The attributes of a page that stand beside its HTML. Those of one tag have one private-use
/// character in their place, an attribute's name to Gumbo.
class AttributeTape {
 public:
  /// The attributes of a tag, by their number from 1; 0: it has none.
  using TagNumber = std::uint32_t;

  struct Attribute {
    std::uint32_t name;  ///< in bytes of the tape; [name, value) is its name, lower case
    std::uint32_t value;
    std::uint32_t end;
  };

  /// Bytes of all names and values.
  [[nodiscard]] std::size_t bytes() const { return text_.size(); }

  /// Takes an attribute of the tag being written, with an ASCII name and a value in valid UTF-8;
  /// false when Gumbo must read it.
  [[nodiscard]] bool take(std::string_view name, std::string_view value);
  /// The tag is written: appends to it, with a blank before, what stands for the attributes taken
  /// since the last one.
  TagNumber end_tag(std::string& tag);

  /// What an attribute of the parsed tree stands for; empty when it is what it seems.
  [[nodiscard]] std::span<const Attribute> behind(const GumboAttribute& shown) const;
  [[nodiscard]] std::span<const Attribute> behind(TagNumber tag) const;
  /// `name_bit` of all it stands for.
  [[nodiscard]] std::uint64_t names(const GumboAttribute& shown) const;
  [[nodiscard]] std::uint64_t names(TagNumber tag) const {
    return tag == 0 ? 0 : tags_[tag - 1].names;
  }
  [[nodiscard]] std::string_view name(const Attribute& one) const {
    return std::string_view(text_).substr(one.name, one.value - one.name);
  }
  [[nodiscard]] std::string_view value(const Attribute& one) const {
    return std::string_view(text_).substr(one.value, one.end - one.value);
  }

 private:
  struct Tag {
    std::uint32_t begin;  // in attributes_
    std::uint32_t end;
    std::uint64_t names;
  };

  [[nodiscard]] const Tag* tag_of(const GumboAttribute& shown) const;
  [[nodiscard]] std::uint32_t place() const { return static_cast<std::uint32_t>(text_.size()); }

  std::string text_;
  std::vector<Attribute> attributes_;
  std::vector<Tag> tags_;
  Tag taken_{};  // of the tag being written
};

}  // namespace tinwatch::parsers
