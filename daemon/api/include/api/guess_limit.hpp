#pragma once

#include "core/types.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <string>

namespace tinwatch::api {

/// How often an address may present a token that does not hold: ten times a minute. Times are
/// Clock::steady().
class GuessLimit {
 public:
  static constexpr std::size_t most_failures = 10;
  static constexpr Duration period = std::chrono::minutes{1};
  /// Of all that fail, so many are remembered; the one that failed last longest ago is forgotten
  /// for the next.
  static constexpr std::size_t most_addresses = 4096;

  /// How long the address has to wait before it may try again; 0: not at all.
  [[nodiscard]] Duration wait(const std::string& address, Duration now) const;
  void failed(const std::string& address, Duration now);
  [[nodiscard]] std::size_t addresses() const { return failures_.size(); }

 private:
  std::map<std::string, std::deque<Duration>> failures_;  // the last ten at most, oldest first
};

/// Whom failures are counted for: the address, of IPv6 its network of 64 bits, which one machine
/// may have all of.
[[nodiscard]] std::string counted_address(const std::string& address);

}  // namespace tinwatch::api
