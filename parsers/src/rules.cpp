#include "rules.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace tinwatch::parsers {

bool is_left_out(std::string_view rule) {
  static const std::vector<std::string> without = [] {
    const char* names = std::getenv("TINWATCH_WITHOUT");
    std::vector<std::string> out;
    for (const auto name : split(names ? names : "", ',')) out.emplace_back(trim(name));
    return out;
  }();
  return std::find(without.begin(), without.end(), rule) != without.end();
}

}  // namespace tinwatch::parsers
