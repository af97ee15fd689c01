#pragma once

#include "core/types.hpp"

#include <cstddef>
#include <set>
#include <string>

namespace tinwatch::fetchers {

/// Tells an outage of ours (no DNS, no uplink) from one of a site: then host after host cannot be
/// reached and none answers. Whoever watches fewer hosts than that cannot tell, and the sites are
/// blamed.
class Outage {
 public:
  /// `host` answered, whatever its status.
  void note_answer() { unreached_.clear(); }
  /// `host` could not be reached.
  void note_failure(const std::string& host) {
    if (unreached_.size() < least_hosts) unreached_.insert(host);
  }
  [[nodiscard]] bool is_ours() const { return unreached_.size() >= least_hosts; }

 private:
  static constexpr std::size_t least_hosts = 3;

  std::set<std::string> unreached_;  // since the last answer, `least_hosts` at most
};

}  // namespace tinwatch::fetchers
