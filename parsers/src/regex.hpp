#pragma once

#include <re2/re2.h>
#include <string_view>

namespace tinwatch::parsers {

/// RE2 of Debian 12 does not take std::string_view everywhere.
inline re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// For patterns that are only asked whether they match: any case, no captures.
inline RE2::Options any_case() {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_never_capture(true);
  return options;
}

}  // namespace tinwatch::parsers
