#pragma once

#include "placeholders.hpp"

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// Reads the text nodes of one tree, each once. A run is given out once: a page that writes our
/// placeholders itself, as character references, cannot multiply its text.
class TextReader {
 public:
  /// A text, or a walk through elements.
  struct Piece {
    std::string_view text;
    std::span<const Placeholders::Step> elements;
  };

  /// `written` gets texts that stand nowhere in one piece; all views live as long as it, the
  /// placeholders and the tree.
  TextReader(const Placeholders& placeholders, std::deque<std::string>& written)
      : placeholders_(placeholders), written_(written), given_(placeholders.runs_.size()) {}

  /// What a text node stands for; until the next call.
  [[nodiscard]] std::span<const Piece> read(std::string_view shown);

 private:
  void add_text(std::string_view text);
  void end_text();

  const Placeholders& placeholders_;
  std::deque<std::string>& written_;
  std::vector<bool> given_;
  std::vector<Piece> pieces_;
  std::string_view text_;          // of the piece being read
  std::string* joined_ = nullptr;  // where it is put together
};

}  // namespace tinwatch::parsers
