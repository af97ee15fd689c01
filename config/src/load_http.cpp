#include "core/text.hpp"
#include "core/url.hpp"
#include "load_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace tinwatch::config {
namespace {

/// The address of ADDRESS:PORT, one of IPv6 in brackets; nothing for anything else.
std::optional<fetchers::Network> address_of(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = text.substr(colon + 1);
  unsigned short number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (port.empty() || error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
  auto host = text.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  if (host.find('/') != std::string_view::npos) return std::nullopt;
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed != (host.find(':') != std::string_view::npos)) return std::nullopt;
  if (bracketed) host = host.substr(1, host.size() - 2);
  auto address = fetchers::parse_network(host);
  if (!address) return std::nullopt;
  return std::move(*address);
}

bool is_loopback(const fetchers::Network& address) {
  const auto v4 = fetchers::parse_network("127.0.0.0/8").value();
  const auto v6 = fetchers::parse_network("::1").value();
  constexpr int v4_bytes = 13;  // ::ffff:127
  return address.address == v6.address ||
         std::equal(v4.address.begin(), v4.address.begin() + v4_bytes, address.address.begin());
}

/// What a header's name is made of (RFC 9110 section 5.1).
bool is_header_name(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_ascii_letter(c) || c == '-' || c == '_';
  });
}

void check_listen(YamlReader& in, const HttpSettings& http) {
  for (const auto& listen : http.listen) {
    const auto address = address_of(listen);
    if (!address)
      in.reject("listen: '" + listen +
                "' must be an address with a port, such as 127.0.0.1:8390 or [::1]:8390");
    else if (!is_loopback(*address) && !http.behind_proxy)
      in.reject("listen: '" + listen +
                "' is open to other machines, and tokens would cross the network readable: "
                "tinwatch speaks no TLS itself; let a proxy do so in front of it and write "
                "behind_proxy: true, or listen at 127.0.0.1 (docs/access.md)");
  }
}

void read_proxy(YamlReader& in, HttpSettings& http) {
  in.read("behind_proxy", http.behind_proxy);
  std::vector<std::string> proxies;
  in.read("trusted_proxies", proxies);
  for (const auto& text : proxies) {
    auto network = fetchers::parse_network(text);
    if (!network)
      in.reject("trusted_proxies: " + network.error());
    else if (is_very_wide(*network))
      in.reject("trusted_proxies: " + text +
                " is wider than any private range: whoever asks from there could say who it is; "
                "name the proxy's own address");
    else
      http.trusted_proxies.push_back(std::move(*network));
  }
  in.read("proxy_user_header", http.proxy_user_header);
  http.proxy_user_header = ascii_lower(http.proxy_user_header);
  const auto& header = http.proxy_user_header;
  constexpr std::array taken{"authorization", "cookie", "host", "x-forwarded-for"};
  if (!header.empty() &&
      (!is_header_name(header) || std::find(taken.begin(), taken.end(), header) != taken.end()))
    in.reject("proxy_user_header: '" + header +
              "' must be the name of a header of the proxy's own, such as X-Remote-User");
  if (!header.empty() && proxies.empty())
    in.reject(
        "proxy_user_header: without trusted_proxies anybody could say who they are; name "
        "there the addresses that the proxy asks from");
  std::vector<std::string> scopes;
  const auto node = in.take("proxy_user_scopes");
  in.read("proxy_user_scopes", scopes);
  if (!node.IsDefined()) return;
  http.proxy_user_scopes = {};
  for (const auto& word : scopes) {
    if (const auto scope = scope_from(word))
      http.proxy_user_scopes.add(*scope);
    else
      in.reject(node,
                "proxy_user_scopes: '" + word + "' is none of read, watch, metrics, feed, admin");
  }
}

/// Whether a trusted proxy names who asks at this listener, which it reaches from loopback itself.
bool is_named_at(const std::string& listen, const HttpSettings& http) {
  const auto from = fetchers::parse_network(listen.starts_with('[') ? "::1" : "127.0.0.1").value();
  return !http.proxy_user_header.empty() &&
         fetchers::within_any(from.address, http.trusted_proxies);
}

/// A proxy on this machine passes strangers on to listeners that ask this machine for no token.
void check_proxy_here(YamlReader& in, const HttpSettings& http) {
  if (!http.behind_proxy || http.require_token || http.listen.empty()) return;
  const auto& listen = http.listen;
  if (!std::all_of(listen.begin(), listen.end(), is_loopback_listener)) return;
  if (std::all_of(listen.begin(), listen.end(),
                  [&](const auto& one) { return is_named_at(one, http); }))
    return;
  in.reject(in.take("behind_proxy"),
            "behind_proxy: whoever the proxy passes on would be let in as from this machine, "
            "without a token: write require_token: true, or have the proxy say who asks "
            "(proxy_user_header, with 127.0.0.1 in trusted_proxies; docs/access.md)");
}

/// What works and lets nobody in, or treats all who come as one.
void warn_of_proxy(YamlReader& in, const HttpSettings& http) {
  if (!http.behind_proxy) return;
  const auto node = in.take("behind_proxy");
  if (is_loopback_host(host_key(http.external_url)) && http.allowed_hosts.empty())
    in.warn(node,
            "behind_proxy: requests for any name but this machine's own are refused; write "
            "the address that people use as external_url");
  if (http.trusted_proxies.empty())
    in.warn(node,
            "behind_proxy: all who come through the proxy count as one address when somebody "
            "guesses tokens; name its address in trusted_proxies");
}

}  // namespace

bool is_loopback_listener(const std::string& listen) {
  const auto address = address_of(listen);
  return address && is_loopback(*address);
}

void read_http(YamlReader& in, HttpSettings& http) {
  in.read("listen", http.listen);
  in.read("external_url", http.external_url);
  in.read("allowed_hosts", http.allowed_hosts);
  in.read("socket", http.socket);
  in.read("require_token", http.require_token);
  read_proxy(in, http);
  check_listen(in, http);
  check_proxy_here(in, http);
  if (!parse_url(http.external_url))
    in.reject("external_url must be an http(s) address, not '" + http.external_url + "'");
  if (!http.external_url.ends_with('/')) http.external_url += '/';
  if (http.socket.size() > 100)
    in.reject("socket: the path is longer than a Unix socket's may be (100 bytes)");
  warn_of_proxy(in, http);
}

}  // namespace tinwatch::config
