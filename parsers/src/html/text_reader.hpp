#pragma once

#include "html/text_tape.hpp"

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// Reads the text nodes of one tree, each once. A run is given out once, whatever the tree is: no
/// page can multiply its text, even if one found a way to write placeholders itself.
class TextReader {
 public:
  /// A text, or a walk through elements.
  struct Piece {
    std::string_view text;
    std::span<const TextTape::Step> elements;
  };

  /// `written` gets texts that stand nowhere in one piece; all views live as long as it, the
  /// tape and the tree.
  TextReader(const TextTape& tape, std::deque<std::string>& written)
      : tape_(tape), written_(written), given_(tape.run_count()) {}

  /// What a text node stands for; until the next call.
  [[nodiscard]] std::span<const Piece> read(std::string_view shown);

 private:
  void add_text(std::string_view text);
  void end_text();

  const TextTape& tape_;
  std::deque<std::string>& written_;
  std::vector<bool> given_;
  std::vector<Piece> pieces_;
  std::string_view text_;          // of the piece being read
  std::string* joined_ = nullptr;  // where it is put together
};

}  // namespace tinwatch::parsers
