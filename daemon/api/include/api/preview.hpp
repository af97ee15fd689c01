#pragma once

#include "core/model.hpp"
#include "core/types.hpp"
#include "storage/reader.hpp"
#include "watch/watch_set.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// What a watch would have hit in what is stored: before it is made, or changed.
namespace tinwatch::api {

/// What a revision meant to each watch when it was stored.
struct PastHits {
  std::string headline;  ///< whole
  std::vector<watch::WatchSet::Found> found;
};
/// Reads the revision, which takes most of the time, once. Throws std::exception when it cannot be
/// read.
[[nodiscard]] PastHits hits_of(const storage::PastRevision& revision,
                               const watch::WatchSet& watches);

/// What is asked, and how far it may go.
struct PreviewQuestion {
  std::shared_ptr<const watch::Query> query;   ///< never null
  std::shared_ptr<const watch::Query> before;  ///< of the watch as it is; null: it is a new one
  bool include_baseline = false;
  bool include_backfill = false;
  Instant now{};
  Duration over = std::chrono::hours{30 * 24};
  std::size_t most_revisions = 20'000;
  /// What it may take; it ends after the revision at which it has.
  std::chrono::steady_clock::duration most_time = std::chrono::seconds{3};
};

/// A revision that one of the queries hits.
struct PreviewHit {
  enum class Kind {
    same,   ///< both hit, or there is one query alone
    added,  ///< the query hits, and the one before did not
    lost    ///< the other way round
  };
  Kind kind = Kind::same;
  std::string article;
  std::string source;
  std::string headline;
  int revision = 0;
  Instant at{};
  Transition transition = Transition::appeared;
  std::string sentence;  ///< the first one; empty: the article itself
};

/// What was found, as far as it went.
struct Preview {
  static constexpr std::size_t most_shown = 20;

  std::size_t revisions = 0;  ///< that were read, the newest first
  std::size_t damaged = 0;    ///< of them, could not be
  Instant since{};            ///< back to then
  bool is_complete = true;    ///< else it ended by one of its limits
  std::size_t hits = 0;       ///< of the query
  std::size_t added = 0;
  std::size_t lost = 0;
  bool compares = false;          ///< there was a query before
  std::vector<PreviewHit> shown;  ///< the newest; those that differ before those that do not
};

/// Any thread that may work for some seconds. Throws storage::GivenUp.
[[nodiscard]] Preview preview(const storage::Reader& reader, PreviewQuestion question);
[[nodiscard]] boost::json::object preview_json(const Preview& preview);

}  // namespace tinwatch::api
