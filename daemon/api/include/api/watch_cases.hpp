#pragma once

#include "storage/judged_hits.hpp"
#include "storage/reader.hpp"
#include "watch/watch_set.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What people said of a watch's hits, as cases: a query that was changed is held against them.
namespace tinwatch::api {

/// Whether the only watch of `watches` would raise the hit today. Throws std::exception when the
/// revision cannot be read.
[[nodiscard]] bool still_hits(const storage::PastRevision& revision, std::string_view transition,
                              const watch::WatchSet& watches);

/// Whether the watch does not do what people wanted: it hits what is `irrelevant`, or no more what
/// is `relevant`. Other verdicts ask for nothing.
[[nodiscard]] bool contradicts(storage::Verdict verdict, bool hits);

/// The newest cases of a watch, tried.
struct CaseCount {
  std::size_t tested = 0;
  std::size_t damaged = 0;                ///< that could not be read
  std::vector<std::string> contradicted;  ///< ids of hits, newest first of each verdict
};
/// At most `most` of each verdict.
[[nodiscard]] CaseCount try_cases(const storage::Reader& reader, const std::string& watch,
                                  const watch::WatchSet& watches, std::size_t most);

}  // namespace tinwatch::api
