#include "core/text.hpp"

#include <simdjson.h>

namespace tinwatch {

bool is_valid_utf8(std::string_view text) {
  return simdjson::validate_utf8(text.data(), text.size());
}

}  // namespace tinwatch
