#include "fetchers/address_guard.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <optional>
#include <sys/socket.h>

namespace tinwatch::fetchers {
namespace {

using Bytes = AddressBytes;

constexpr Bytes v4_mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Bytes from_v4(const void* four) {
  Bytes out = v4_mapped;
  std::memcpy(out.data() + 12, four, 4);
  return out;
}

std::vector<Network> networks(std::initializer_list<const char*> texts) {
  std::vector<Network> out;
  for (const auto* text : texts) out.push_back(parse_network(text).value());
  return out;
}

/// The IPv4 address that an IPv6 one leads to: IPv4-mapped and IPv4-compatible (RFC 4291 section
/// 2.5.5), IPv4-translated (RFC 7915, `::ffff:0:a.b.c.d`), NAT64 (RFC 6052), 6to4 (RFC 3056) and
/// ISATAP under any prefix (RFC 5214 section 6.1). As IPv4-mapped; nothing where there is none.
std::optional<Bytes> ipv4_inside(const Bytes& address) {
  static const auto last_four =
      networks({"::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96"});
  static const Network six_to_four = parse_network("2002::/16").value();
  constexpr std::array<std::uint8_t, 4> isatap = {0, 0, 0x5e, 0xfe};
  const auto marked = [&](std::uint8_t bits) {
    return (address[8] & ~bits) == isatap[0] &&
           std::equal(isatap.begin() + 1, isatap.end(), address.begin() + 9);
  };
  constexpr std::uint8_t universal_bit = 2;  // set where the inner address is a public one
  if (within_any(address, last_four) || marked(universal_bit)) return from_v4(address.data() + 12);
  if (within(address, six_to_four)) return from_v4(address.data() + 2);
  return std::nullopt;
}

/// Where clouds tell a machine its credentials; one of them is a public address.
bool is_metadata(const Bytes& address) {
  static const auto services =
      networks({"169.254.169.254/32", "169.254.170.2/32", "169.254.170.23/32", "100.100.100.200/32",
                "192.0.0.192/32", "168.63.129.16/32", "fd00:ec2::254/128", "fd00:ec2::23/128",
                "fd20:ce::254/128"});
  // An operator's own NAT64 prefix (RFC 6052 section 2.2, /96) is not known here; its form is.
  return within_any(address, services) || within_any(from_v4(address.data() + 12), services);
}

/// The IANA IPv4 special-purpose address registry, without the blocks that it calls globally
/// reachable, and multicast.
bool is_public_v4(const Bytes& address) {
  static const auto special = networks(
      {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
       "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
       "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"});
  return !within_any(address, special);
}

/// By what is allowed: global unicast (RFC 4291 section 2.4, as IANA gives it out) and the prefix
/// of NAT64, without the blocks of the IANA IPv6 special-purpose address registry. 2001::/23 holds
/// Teredo, ORCHID, benchmarks and anycast services: no web site.
bool is_public_v6(const Bytes& address) {
  static const auto given_out = networks({"2000::/3", "64:ff9b::/96"});
  static const auto special = networks({"2001::/23", "2001:db8::/32", "3fff::/20"});
  return within_any(address, given_out) && !within_any(address, special);
}

bool is_public(const Bytes& address) {
  static const Network mapped = parse_network("::ffff:0:0/96").value();
  if (within(address, mapped)) return is_public_v4(address);
  const auto inner = ipv4_inside(address);
  return is_public_v6(address) && (!inner || is_public_v4(*inner));
}

}  // namespace

bool within(const AddressBytes& address, const Network& network) {
  const auto whole = static_cast<std::size_t>(network.prefix / 8);
  if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole),
                  network.address.begin()))
    return false;
  const int rest = network.prefix % 8;
  if (rest == 0) return true;
  const int mask = 0xff & (0xff << (8 - rest));
  return (address[whole] & mask) == (network.address[whole] & mask);
}

bool within_any(const AddressBytes& address, const std::vector<Network>& networks) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const Network& network) { return within(address, network); });
}

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

bool may_connect(const sockaddr& address, const std::vector<Network>& allowed, bool named_alone) {
  Bytes bytes{};
  if (address.sa_family == AF_INET) {
    bytes = from_v4(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
  } else if (address.sa_family == AF_INET6) {
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
  } else {
    return false;
  }
  if (is_metadata(bytes) || is_metadata(ipv4_inside(bytes).value_or(bytes))) return false;
  return within_any(bytes, allowed) || (!named_alone && is_public(bytes));
}

}  // namespace tinwatch::fetchers
