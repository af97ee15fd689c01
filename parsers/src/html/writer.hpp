#pragma once

#include "html/open_elements.hpp"
#include "html/placeholders.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// Writes the HTML that Gumbo reads, and the tape with what stands beside it. Whatever is written
/// in whatever order, HTML and tape together are the page: a phrase whose inside Gumbo must see
/// goes back into the HTML by itself.
class HtmlWriter {
 public:
  /// Text as the page writes it, valid UTF-8, with its character references. A piece of a page
  /// that is cut in pieces: no reference goes on from one to the next.
  struct Text {
    std::string_view html;
  };
  /// A start tag of a plain phrase (`Phrasing::may_begin`).
  struct StartTag {
    Name name;
    AttributeTape::TagNumber attributes;  ///< all it has
    std::string_view html;                ///< as Gumbo reads it where it must see it
  };
  struct EndTag {
    Name name;
  };

  /// With TextPlace::in_html all is literal, whatever the verb. `bytes`: of HTML, as an estimate.
  HtmlWriter(TextPlace place, std::size_t bytes);

  /// What Gumbo must see as it stands. A phrase that is open then stays in the HTML.
  void literal(std::string_view html);

  /// What may stand beside the HTML, and does where the tree is the same.
  void aside(const Text& text);
  void aside(const StartTag& tag);
  void aside(const EndTag& tag);

  /// Bytes of HTML so far; those of a phrase are taken back when it ends.
  [[nodiscard]] std::size_t size() const { return html_.size(); }
  /// Bytes of the tape.
  [[nodiscard]] std::size_t bytes_aside() const { return tape_.bytes(); }
  /// The page's text holds a character that a placeholder could be: what was written is of no use,
  /// all has to be literal.
  [[nodiscard]] bool is_ambiguous() const { return is_ambiguous_; }

  struct Written {
    std::string html;
    TextTape texts;
  };
  /// What was written. The last call.
  [[nodiscard]] Written take();

 private:
  void write_text(std::string_view text);
  void write_run(std::string_view text);
  void write_end_tag(const Name& name);
  void add_run(const TextTape::Run& run) { append_utf8(html_, tape_.add_run(run)); }
  void note_text(std::uint32_t begin, bool is_blank);
  void end_phrase();
  void leave_phrase();
  void part_phrase();

  bool all_literal_;
  bool is_ambiguous_ = false;
  std::string html_;
  TextTape tape_;
  /// The HTML's size behind a text that ends in a reference.
  std::size_t reference_end_ = std::string::npos;
  // The phrase that is open, if any.
  std::vector<GumboTag> open_;       // its elements that are
  std::size_t phrase_begin_ = 0;     // in the HTML
  std::uint32_t phrase_steps_ = 0;   // where its steps begin
  bool phrase_is_empty_ = true;      // it holds white space alone
  std::size_t last_phrase_end_ = 0;  // of the last that stands beside the HTML; 0: none to part
  bool frameset_is_off_ = false;     // no <frameset> can replace the body any more
};

}  // namespace tinwatch::parsers
