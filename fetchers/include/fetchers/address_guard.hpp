#pragma once

#include "core/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace tinwatch::fetchers {

/// IPv4 as ::ffff:a.b.c.d.
using AddressBytes = std::array<std::uint8_t, 16>;

/// A range of addresses, as `10.0.0.0/8` or `fd00::/8` says it.
struct Network {
  AddressBytes address{};
  int prefix = 128;  ///< bits of `address` that count
  std::string text;  ///< as configured
  friend bool operator==(const Network&, const Network&) = default;
};

[[nodiscard]] bool within(const AddressBytes& address, const Network& network);
[[nodiscard]] bool within_any(const AddressBytes& address, const std::vector<Network>& networks);

/// The error is for people.
[[nodiscard]] Result<Network, std::string> parse_network(std::string_view text);

/// Whether a connection may be made: only to addresses of the public internet and to those that
/// `allowed` names. IPv4: all but the IANA special-purpose registry (loopback, private, link-local,
/// shared, documentation, reserved) and multicast. IPv6: only 2000::/3 without its special blocks,
/// and NAT64. An IPv4 address inside (mapped, translated, 6to4, NAT64, ISATAP) must be public too.
/// Cloud metadata addresses are refused even where allowed. `named_alone`: not to the public
/// internet, for what is sent so that everybody could read along.
[[nodiscard]] bool may_connect(const sockaddr& address, const std::vector<Network>& allowed,
                               bool named_alone = false);

}  // namespace tinwatch::fetchers
