#pragma once

#include "core/model.hpp"
#include "storage/views.hpp"
#include "store_access.hpp"
#include "watch/watch_set.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

/// Watches, asked of what is stored: every revision with the one before it, one after the other, in
/// constant memory.
namespace tinwatch::cli {

/// A revision as the API gives it, to ask watches of.
[[nodiscard]] storage::PastRevision past_revision_of(const boost::json::object& item);

/// A revision that was read again.
struct Replayed {
  std::string article, source, url, headline, observed_at;
  std::int64_t revision = 0;
  Discovery discovery = Discovery::live;
};

struct ReplayRange {
  std::string since, until;  ///< T of the command line; empty: no bound
  std::size_t most = 0;      ///< revisions; 0: all
};

/// What a replay went over.
struct ReplayCount {
  std::size_t revisions = 0;
  std::size_t damaged = 0;  ///< that could not be read
  std::string first, last;  ///< when they were observed; empty: there were none
  /// Between the first and the last, at least one.
  [[nodiscard]] double days() const;
};

using OnFound = std::function<void(const Replayed& revision, const watch::WatchSet::Found& found)>;

/// Calls `on_found` for every hit of every revision. Throws std::runtime_error when the store is
/// not to be had, Refused when a bound cannot be read.
ReplayCount replay(const StoreAccess& store, const watch::WatchSet& watches,
                   const ReplayRange& range, const OnFound& on_found);

}  // namespace tinwatch::cli
