#pragma once

#include "page/boilerplate.hpp"
#include "page/line_parts.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::parsers {

/// Lines of a page that say by their words that they name its author.
class BylineLines {
 public:
  using Where = std::function<bool(Dom::Index)>;
  struct Text {
    Dom::Index content;
    Dom::Index prose_end;
  };

  /// `is_close`: between the headline and a few lines behind the text, and in no comment.
  BylineLines(const Dom& dom, const CleanPage& clean, Text text, Where is_close)
      : dom_(dom), clean_(clean), text_(text), is_close_(std::move(is_close)) {}

  /// "By", "Author:" in an element of its own; the next one holds the names.
  [[nodiscard]] std::vector<std::string> behind_label() const;
  /// "By Name" as a line of its own where `is_near` says so, "Author: Name" wherever it is close.
  [[nodiscard]] std::vector<std::string> opened(const Where& is_near) const;
  /// A line of names in bold or to the right, just behind the text and outside of its box.
  [[nodiscard]] std::vector<std::string> signed_behind() const;

  /// Behind the text, under a heading that says that they are about its authors: each name heads
  /// what is told of its bearer.
  [[nodiscard]] std::vector<std::string> introduced() const;

 private:
  [[nodiscard]] std::size_t first_of_lives() const;
  [[nodiscard]] std::vector<std::string> name_that_heads(const TextBlock& block) const;

  const Dom& dom_;
  const CleanPage& clean_;
  Text text_;
  Where is_close_;
};

/// Lines side by side that name one author each and are set alike: from the first to behind the
/// last of those round `line`. `lines` are the pieces of `blocks` from `from` on.
[[nodiscard]] std::pair<std::size_t, std::size_t> lines_of_names(
    const Dom& dom, const std::vector<TextBlock>& blocks, std::size_t from,
    const std::vector<std::vector<LinePiece>>& lines, std::size_t line);

}  // namespace tinwatch::parsers
