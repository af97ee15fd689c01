#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tinwatch {

/// Longer than any article address, shorter than what breaks logs and indexes.
inline constexpr std::size_t longest_url = 2048;

/// Parts of an absolute http(s) URL in its canonical form.
struct UrlParts {
  std::string scheme;  ///< `http` or `https`
  std::string host;    ///< lower case; IPv6 in brackets
  std::string port;    ///< empty for the scheme's default
  std::string path;    ///< at least `/`, still percent-encoded
  std::string query;   ///< without `?`, still percent-encoded

  /// `host[:port]`: what politeness is owed to
  [[nodiscard]] std::string host_key() const;
  /// `https://host[:port]`
  [[nodiscard]] std::string origin() const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string path_and_query() const {
    return query.empty() ? path : path + '?' + query;
  }
};

/// The parts of `url`; nothing unless it is an absolute http(s) URL without user information and of
/// at most `longest_url` bytes. Normalised by RFC 3986 section 6.2.2 and 6.2.3 (case, percent
/// encoding, dot segments, default port); the fragment and the usual tracking parameters
/// (`utm_*`, `fbclid`, `gclid`...) are dropped. Characters outside ASCII and blanks are encoded
/// first, as browsers do.
[[nodiscard]] std::optional<UrlParts> parse_url(std::string_view url);

/// `parse_url(url)->text()`
[[nodiscard]] std::optional<std::string> canonical_url(std::string_view url);

/// `reference` as met on the page at `base`, canonical (RFC 3986 section 5); nothing when it does
/// not lead to http(s).
[[nodiscard]] std::optional<std::string> resolve_url(std::string_view base,
                                                     std::string_view reference);

/// `host[:port]` of a URL: what politeness, robots.txt and blocking are kept by. Empty for a URL
/// that `parse_url` refuses.
[[nodiscard]] std::string host_key(std::string_view url);

/// The address as far as its `?`.
[[nodiscard]] constexpr std::string_view without_query(std::string_view url) {
  return url.substr(0, url.find('?'));
}

/// Whether both have the same scheme, host and port (RFC 6454).
[[nodiscard]] bool same_origin(std::string_view a, std::string_view b);

/// Whether the hosts differ at most in a leading `www.`, `m.` or the like: one shares the other's
/// last labels.
[[nodiscard]] bool same_site(std::string_view a, std::string_view b);

}  // namespace tinwatch
