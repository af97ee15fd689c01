#pragma once

#include "core/text.hpp"
#include "html/dom.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// Makes the headlines and descriptions of one feed plain. Each is read as a page is, so that a
/// thousand of 10 KB cost about a second: behind 4 MiB in all they are cut.
class FeedText {
 public:
  [[nodiscard]] std::string plain(std::string_view html) {
    html = clip(html, left_);
    left_ -= html.size();
    return plain_text(html);
  }

 private:
  std::size_t left_ = std::size_t{4} * 1024 * 1024;
};

}  // namespace tinwatch::parsers
