#pragma once

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

/// A page's text, attributes and plain phrases (phrasing.hpp), kept beside the HTML that Gumbo
/// reads. Its state machine handles every character for itself, text as dearly as markup, and that
/// is two thirds of a parse; one private-use character builds the same tree as a paragraph, or as
/// the attributes of a tag (docs/performance.md, "One page, by the parts"). White space at the
/// beginning of a run stays with Gumbo, because trees depend on it, as one character; so do
/// character references.
class Placeholders {
 public:
  /// The attributes of a tag, by their number from 1; 0: it has none.
  using TagNumber = std::uint32_t;

  /// Of a walk through elements that stand beside the HTML.
  struct Step {
    enum class Kind : std::uint8_t { text, open, close } kind;
    GumboTag tag = GUMBO_TAG_UNKNOWN;  ///< of an opened element
    TagNumber attributes = 0;          ///< of an opened element
    std::uint32_t begin = 0;           ///< of a text
    std::uint32_t end = 0;
  };

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
  TagNumber add_attributes(std::string& html);

  /// An element was opened, whose tag begins at `begin` of the HTML: unless something comes that
  /// has to be left to Gumbo, all it holds becomes one placeholder when it is closed.
  void open_element(GumboTag tag, TagNumber attributes, std::size_t begin);
  /// The innermost of them was closed.
  void close_element(std::string& html);
  /// Those that are open stay in the HTML.
  void leave_elements();
  /// Makes the last of them stand apart from text behind it. Gumbo puts text at the end of a form
  /// behind the form, but no elements.
  void part_elements(std::string& html);
  /// The innermost that is open; GUMBO_TAG_UNKNOWN: none is.
  [[nodiscard]] GumboTag innermost_element() const {
    return open_.empty() ? GUMBO_TAG_UNKNOWN : open_.back();
  }

  /// What an attribute of the parsed tree stands for; empty when it is what it seems.
  [[nodiscard]] std::span<const Attribute> attributes(const GumboAttribute& shown) const;
  [[nodiscard]] std::span<const Attribute> attributes(TagNumber tag) const;
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
  [[nodiscard]] std::string_view text(const Step& step) const {
    return std::string_view(text_).substr(step.begin, step.end - step.begin);
  }

  [[nodiscard]] std::size_t bytes() const { return text_.size(); }

 private:
  friend class TextReader;
  struct Run {
    enum class Kind : std::uint8_t {
      text,
      text_after_blank,  // a blank stands before it, in text_ and in the HTML
      elements
    };
    std::uint32_t begin;  // in text_; of elements in steps_
    std::uint32_t end;
    Kind kind;
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
  void add_run(Run run, std::string& html);
  /// A text that begins in text_ at `begin` and ends there is read: a step, if elements are open.
  void note_text(std::uint32_t begin, bool is_blank);
  [[nodiscard]] std::string_view text_of(const Run& run) const {
    return std::string_view(text_).substr(run.begin, run.end - run.begin);
  }

  std::string text_;
  std::vector<Run> runs_;
  std::vector<Attribute> attributes_;
  std::vector<Tag> tags_;
  Tag taken_{};  // of the tag being written
  std::vector<Step> steps_;
  std::vector<GumboTag> open_;    // elements that may yet become one placeholder
  std::size_t open_begin_ = 0;    // of the outermost, in the HTML
  std::size_t open_steps_ = 0;    // where its steps begin
  bool open_is_empty_ = true;     // it holds white space alone
  std::size_t last_end_ = 0;      // of the last placeholder for elements, in the HTML
  bool frameset_is_off_ = false;  // no <frameset> can replace the body any more
};

}  // namespace tinwatch::parsers
