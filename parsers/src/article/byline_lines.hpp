#pragma once

#include "page/boilerplate.hpp"

#include <functional>
#include <string>
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

 private:
  const Dom& dom_;
  const CleanPage& clean_;
  Text text_;
  Where is_close_;
};

}  // namespace tinwatch::parsers
