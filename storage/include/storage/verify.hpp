#pragma once

#include "core/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::storage {

/// A source's chain of revisions.
struct SourceChain {
  std::string name;
  std::int64_t revisions = 0;
  std::string head;  ///< hash of the newest one; empty: none. Who noted it elsewhere can compare.
};

/// What Reader::verify looked at and what is wrong with it.
struct VerifyReport {
  std::vector<SourceChain> sources;
  std::int64_t revisions = 0;
  std::int64_t articles = 0;
  std::int64_t events = 0;
  std::int64_t pages_kept = 0;         ///< raw pages whose hash was computed anew
  std::int64_t pages_gone = 0;         ///< revisions whose raw page is not kept any more
  std::optional<Instant> newest_gone;  ///< when the newest of those was observed
  std::int64_t fault_count = 0;
  std::vector<std::string> faults;  ///< where, then what; the first `most_faults_told` of them

  [[nodiscard]] bool is_whole() const { return fault_count == 0; }
};

inline constexpr std::size_t most_faults_told = 1000;

/// What no check of Reader::verify would notice, for people.
[[nodiscard]] const std::vector<std::string>& what_verify_does_not_cover();

}  // namespace tinwatch::storage
