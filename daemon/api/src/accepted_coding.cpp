#include "api/accepted_coding.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <optional>

namespace tinwatch::api {
namespace {

/// `0`, `0.5`, `1.000`: at most three digits (RFC 9110 section 12.4.2).
bool is_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return false;
  if (text.size() == 1) return true;
  const auto digits = text.substr(2);
  return text[1] == '.' && std::all_of(digits.begin(), digits.end(), [&](char c) {
           return text[0] == '0' ? is_digit(c) : c == '0';
         });
}

/// Whether `;q=...` leaves any wish for it: a weight of 0 is "not acceptable".
bool is_wished(std::string_view parameters) {
  if (parameters.empty()) return true;
  const auto weight = trim(parameters.substr(1));
  if (!iequals(weight.substr(0, 2), "q=") || !is_weight(weight.substr(2))) return false;
  return weight.substr(2).find_first_of("123456789") != std::string_view::npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  std::optional<bool> named;
  bool by_star = false;
  for (const auto item : split(accept_encoding, ',')) {
    const auto end = std::min(item.find(';'), item.size());
    const auto coding = trim(item.substr(0, end));
    if (iequals(coding, "gzip") || iequals(coding, "x-gzip"))
      named = named.value_or(false) || is_wished(item.substr(end));
    else if (coding == "*")
      by_star = is_wished(item.substr(end));
  }
  return named.value_or(by_star);
}

}  // namespace tinwatch::api
