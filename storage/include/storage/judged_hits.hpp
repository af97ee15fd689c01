#pragma once

#include "storage/hits.hpp"
#include "storage/views.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What people have said of a watch's hits: cases that it can be tried on.
namespace tinwatch::storage {

/// A hit that somebody judged, and where its text stands.
struct JudgedHit {
  std::int64_t row = 0;  ///< for cursors only
  std::string id;
  Verdict verdict = Verdict::fresh;
  std::string transition;     ///< label
  std::int64_t revision = 0;  ///< its row, for `past_revision`
};

/// Hits of a watch that were judged so, newest first.
[[nodiscard]] std::vector<JudgedHit> judged_hits(const Reader& reader, const HitFilter& filter);

/// A revision by its row, with the one before it; nothing: it is not there any more.
[[nodiscard]] std::optional<PastRevision> past_revision(const Reader& reader, std::int64_t row);

}  // namespace tinwatch::storage
