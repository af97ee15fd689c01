#pragma once

#include <gumbo.h>

#include <cstddef>
#include <cstdint>
#include <deque>
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

/// A page's text and attributes, kept beside the HTML that Gumbo reads. Its state machine handles
/// every character for itself, text as dearly as markup, and that is two thirds of a parse; one
/// private-use character builds the same tree as a paragraph, or as the attributes of a tag
/// (docs/performance.md, "One page, by the parts"). White space at the beginning of a run stays
/// with Gumbo, because trees depend on it, as one character; so do character references.
class Placeholders {
 public:
  /// Of a tag.
  struct Attribute {
    std::uint32_t name;  // [name, value) of the text is its name, lower case
    std::uint32_t value;
    std::uint32_t end;
  };

  /// Appends to `html` what stands for `text`, valid UTF-8 that Gumbo would read as text.
  void add_text(std::string_view text, std::string& html);

  /// Takes an attribute of the tag being written, with an ASCII name and a value in valid UTF-8;
  /// false when Gumbo must read it.
  [[nodiscard]] bool take_attribute(std::string_view name, std::string_view value);
  /// Appends what stands for the attributes taken since the last call.
  void add_attributes(std::string& html);

  /// What an attribute of the parsed tree stands for; empty when it is what it seems.
  [[nodiscard]] std::span<const Attribute> attributes(const GumboAttribute& shown) const;
  /// `name_bit` of all it stands for.
  [[nodiscard]] std::uint64_t names(const GumboAttribute& shown) const;
  [[nodiscard]] std::string_view name(const Attribute& one) const {
    return std::string_view(text_).substr(one.name, one.value - one.name);
  }
  [[nodiscard]] std::string_view value(const Attribute& one) const {
    return std::string_view(text_).substr(one.value, one.end - one.value);
  }

  [[nodiscard]] std::size_t bytes() const { return text_.size(); }

 private:
  friend class TextReader;
  struct Run {
    std::uint32_t begin;  // in text_
    std::uint32_t end;
    bool after_blank;  // a blank stands before it, in text_ and in the HTML
  };
  struct Tag {
    std::uint32_t begin;  // in attributes_
    std::uint32_t end;
    std::uint64_t names;
  };

  void add_piece(std::string_view piece, std::string& html);
  /// The run that stands at `shown[at]`; nothing where no placeholder is.
  [[nodiscard]] std::optional<std::size_t> run_at(std::string_view shown, std::size_t at) const;
  [[nodiscard]] const Tag* tag_of(const GumboAttribute& shown) const;
  [[nodiscard]] std::uint32_t place() const { return static_cast<std::uint32_t>(text_.size()); }
  [[nodiscard]] std::string_view text_of(const Run& run) const {
    return std::string_view(text_).substr(run.begin, run.end - run.begin);
  }

  std::string text_;
  std::vector<Run> runs_;
  std::vector<Attribute> attributes_;
  std::vector<Tag> tags_;
  Tag taken_{};  // of the tag being written
};

/// Reads the text nodes of one tree, each once. A run is given out once: a page that writes our
/// placeholders itself, as character references, cannot multiply its text.
class TextReader {
 public:
  /// `written` gets texts that stand nowhere in one piece; all views live as long as it, the
  /// placeholders and the tree.
  TextReader(const Placeholders& placeholders, std::deque<std::string>& written)
      : placeholders_(placeholders), written_(written), given_(placeholders.runs_.size()) {}

  [[nodiscard]] std::string_view read(std::string_view shown);

 private:
  const Placeholders& placeholders_;
  std::deque<std::string>& written_;
  std::vector<bool> given_;
};

}  // namespace tinwatch::parsers
