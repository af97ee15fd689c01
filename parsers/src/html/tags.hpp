#pragma once

#include <gumbo.h>

namespace tinwatch::parsers {

[[nodiscard]] constexpr bool is_heading(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

}  // namespace tinwatch::parsers
