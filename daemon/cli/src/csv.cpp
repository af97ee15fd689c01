#include "csv.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::cli {
namespace {

bool is_negative_number(std::string_view text) {
  if (!text.starts_with('-') || text.size() < 2) return false;
  text.remove_prefix(1);
  const auto point = std::find(text.begin(), text.end(), '.');
  const bool whole = std::all_of(text.begin(), point, is_digit) && point != text.begin();
  if (point == text.end()) return whole;
  return whole && point + 1 != text.end() && std::all_of(point + 1, text.end(), is_digit);
}

bool is_formula(std::string_view text) {
  static constexpr std::array<std::string_view, 11> signs = {
      "=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  const bool begins =
      std::any_of(signs.begin(), signs.end(), [text](auto sign) { return text.starts_with(sign); });
  return begins && !is_negative_number(text);
}

}  // namespace

std::string csv_cell(std::string_view text) {
  const std::string_view mark = is_formula(text) ? "'" : "";
  if (text.find_first_of(",;\t\"\r\n") == std::string_view::npos)
    return std::string(mark) + std::string(text);
  std::string out = "\"";
  out += mark;
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace tinwatch::cli
