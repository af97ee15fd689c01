#include "core/login_mask.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tinwatch {
namespace {

constexpr std::string_view scheme_end = "://";

/// Where the authority of an address begins and ends; nothing in what is none.
std::optional<std::pair<std::size_t, std::size_t>> authority_of(std::string_view address) {
  const auto scheme = address.find(scheme_end);
  if (scheme == std::string_view::npos) return std::nullopt;
  const auto begin = scheme + scheme_end.size();
  return std::pair{begin, std::min(address.find_first_of("/?#", begin), address.size())};
}

/// Whether what stands there for an authority is a user and the beginning of a password with a `/`,
/// `?` or `#` in it: what follows its colon is no port.
bool has_cut_login(std::string_view authority) {
  const auto colon = authority.rfind(':');
  if (colon == std::string_view::npos || authority.ends_with(']')) return false;
  const auto port = authority.substr(colon + 1);
  return authority.find('@') == std::string_view::npos &&
         !std::all_of(port.begin(), port.end(), is_digit);
}

bool is_secret_parameter(std::string_view name) {
  const auto lower = ascii_lower(name);
  for (const auto* whole : {"key", "sig", "auth", "pwd", "pass"})
    if (lower == whole) return true;
  for (const auto* part :
       {"token", "secret", "passw", "apikey", "api_key", "api-key", "signature", "credential"})
    if (lower.find(part) != std::string::npos) return true;
  return false;
}

/// What ends an address in a text.
constexpr std::string_view around_addresses = " \t\r\n\"'<>";

}  // namespace

std::string mask_user(std::string_view address) {
  std::string out(address);
  const auto place = authority_of(address);
  if (!place) return out;
  auto [begin, end] = *place;
  if (has_cut_login(address.substr(begin, end - begin))) end = address.size();
  const auto at = address.substr(0, end).rfind('@');
  if (at != std::string_view::npos && at >= begin) out.replace(begin, at - begin, secret_mask);
  return out;
}

std::string mask_login(std::string_view address) {
  auto known = mask_user(address);
  const auto query = known.find('?');
  if (!authority_of(address) || query == std::string::npos) return known;
  auto out = known.substr(0, query);
  char before = '?';
  for (const auto part : split(std::string_view(known).substr(query + 1), '&')) {
    const auto equals = part.find('=');
    out += std::exchange(before, '&');
    if (equals != std::string_view::npos && is_secret_parameter(part.substr(0, equals)))
      (out += part.substr(0, equals + 1)) += secret_mask;
    else
      out += part;
  }
  return out;
}

std::string mask_logins(std::string_view text) {
  std::string out;
  for (auto scheme = text.find(scheme_end); scheme != std::string_view::npos;
       scheme = text.find(scheme_end)) {
    const auto before = text.find_last_of(around_addresses, scheme);
    const auto begin = before == std::string_view::npos ? 0 : before + 1;
    const auto end = std::min(text.find_first_of(around_addresses, scheme), text.size());
    out += text.substr(0, begin);
    out += mask_login(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return out += text;
}

}  // namespace tinwatch
