#pragma once

#include <gumbo.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// A page's text and long attribute values, kept beside the HTML that Gumbo reads. Its state
/// machine handles every character for itself, text as dearly as markup: text is two thirds of a
/// parse, and one private-use character builds the same tree as a paragraph
/// (docs/performance.md, "One page, by the parts"). White space at the beginning of a run stays
/// with Gumbo, because trees depend on it, as one character; so do character references.
class Placeholders {
 public:
  /// Appends to `html` what stands for `text`, valid UTF-8 that Gumbo would read as text.
  void add_text(std::string_view text, std::string& html);
  /// The same for the value of an attribute, without its quotes.
  void add_value(std::string_view value, std::string& html);

  /// What an attribute of the parsed page says: a view of this or of the tree.
  [[nodiscard]] std::string_view value(const GumboAttribute& attribute) const;

  [[nodiscard]] std::size_t bytes() const { return text_.size(); }

 private:
  friend class TextReader;
  struct Run {
    std::uint32_t begin;  // in text_
    std::uint32_t end;
    bool after_blank;  // a blank stands before it, in text_ and in the HTML
  };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  void add_piece(std::string_view piece, std::string& html);
  void set_aside(std::string_view run, bool after_blank, std::string& html);
  /// The run that stands at `shown[at]`, four bytes; `none` where no placeholder is.
  [[nodiscard]] std::size_t run_at(std::string_view shown, std::size_t at) const;
  [[nodiscard]] std::string_view text_of(const Run& run) const {
    return std::string_view(text_).substr(run.begin, run.end - run.begin);
  }

  std::string text_;
  std::vector<Run> runs_;
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
