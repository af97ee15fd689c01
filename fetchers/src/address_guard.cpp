#include "fetchers/address_guard.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace tinwatch::fetchers {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr Bytes v4_mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Bytes from_v4(const void* four) {
  Bytes out = v4_mapped;
  std::memcpy(out.data() + 12, four, 4);
  return out;
}

bool within(const Bytes& address, const Network& network) {
  const auto whole = static_cast<std::size_t>(network.prefix / 8);
  if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole),
                  network.address.begin()))
    return false;
  const int rest = network.prefix % 8;
  if (rest == 0) return true;
  const int mask = 0xff & (0xff << (8 - rest));
  return (address[whole] & mask) == (network.address[whole] & mask);
}

std::vector<Network> networks(std::initializer_list<const char*> texts) {
  std::vector<Network> out;
  for (const auto* text : texts) out.push_back(parse_network(text).value());
  return out;
}

bool in_any(const Bytes& address, const std::vector<Network>& list) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Network& network) { return within(address, network); });
}

/// An IPv4 address travels inside some IPv6 ones: NAT64 (RFC 6052), 6to4 (RFC 3056).
Bytes unwrapped(const Bytes& address) {
  static const Network nat64 = parse_network("64:ff9b::/96").value();
  static const Network six_to_four = parse_network("2002::/16").value();
  if (within(address, nat64)) return from_v4(address.data() + 12);
  if (within(address, six_to_four)) return from_v4(address.data() + 2);
  return address;
}

}  // namespace

Result<Network, std::string> parse_network(std::string_view text) {
  Network network{.text = std::string(text)};
  const auto slash = text.find('/');
  const std::string host(text.substr(0, slash));
  const bool v4 = host.find(':') == std::string::npos;
  std::array<std::uint8_t, 4> four{};
  const bool parsed = v4 ? inet_pton(AF_INET, host.c_str(), four.data()) == 1
                         : inet_pton(AF_INET6, host.c_str(), network.address.data()) == 1;
  if (!parsed) return fail("'" + network.text + "' is no address range such as 127.0.0.0/8");
  if (v4) network.address = from_v4(four.data());
  if (slash != std::string_view::npos) {
    const auto digits = text.substr(slash + 1);
    int prefix = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    if (error != std::errc{} || end != digits.data() + digits.size() || prefix < 0 ||
        prefix > (v4 ? 32 : 128))
      return fail("'" + network.text + "' has no prefix length such as /8");
    network.prefix = v4 ? 96 + prefix : prefix;
  }
  return network;
}

bool may_connect(const sockaddr& address, const std::vector<Network>& allowed) {
  static const auto metadata =
      networks({"169.254.169.254/32", "fd00:ec2::254/128", "100.100.100.200/32"});
  static const auto not_public = networks(
      {"0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
       "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
       "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
       "::/96",         "64:ff9b:1::/48",  "100::/64",       "2001::/23",      "2001:db8::/32",
       "fc00::/7",      "fe80::/10",       "fec0::/10",      "ff00::/8"});
  Bytes bytes{};
  if (address.sa_family == AF_INET) {
    bytes = from_v4(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
  } else if (address.sa_family == AF_INET6) {
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
  } else {
    return false;
  }
  const Bytes inner = unwrapped(bytes);
  if (in_any(bytes, metadata) || in_any(inner, metadata)) return false;
  if (in_any(bytes, allowed)) return true;
  return !in_any(bytes, not_public) && !in_any(inner, not_public);
}

}  // namespace tinwatch::fetchers
