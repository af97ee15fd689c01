#include "html/hidden_email.hpp"

#include "core/text.hpp"

#include <charconv>

namespace tinwatch::parsers {

std::string reveal_email(std::string_view hex) {
  if (hex.size() < 4 || hex.size() % 2 != 0 || hex.size() > 1024) return {};
  std::string out;
  unsigned key = 0;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    unsigned byte = 0;
    const auto [end, error] = std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
    if (error != std::errc{} || end != hex.data() + i + 2) return {};
    if (i == 0)
      key = byte;
    else
      out += static_cast<char>(byte ^ key);
  }
  return is_valid_utf8(out) ? out : std::string{};
}

}  // namespace tinwatch::parsers
