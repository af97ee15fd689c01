#pragma once

#include "core/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::telemetry {

/// What is at the moment of a scrape. The gauges are made from it and kept nowhere: what left the
/// configuration leaves the page with it. Names are those of the configuration in force.
struct Snapshot {
  struct Source {
    std::string name;
    std::int64_t articles = 0;
    std::optional<Instant> last_success_at;
    std::optional<Instant> last_new_article_at;
    // What is wrong with it.
    bool silent = false;
    bool unreachable = false;
    bool drifted = false;
    bool never_read = false;
    bool no_articles = false;  ///< its lists are read and name none
    bool feed_cut = false;     ///< a feed breaks off before its items
  };
  struct Outbox {
    std::string receiver;
    std::int64_t pending = 0;
    std::int64_t dead = 0;
    std::optional<Instant> oldest;  ///< nothing waits: none
    bool failing = false;           ///< its receiver does not take what it is sent
    bool disabled = false;          ///< it said so, until a reload
  };
  std::vector<Source> sources;
  std::vector<Outbox> outboxes;
  std::int64_t frontier_due = 0;  ///< URLs
  std::int64_t frontier_waiting = 0;
  std::int64_t frontier_blocked = 0;
  std::int64_t frontier_retired = 0;
  std::optional<Instant> oldest_due;
  std::size_t hosts_blocked = 0;
  std::int64_t store_size_bytes = 0;
  std::int64_t store_free_bytes = 0;
  std::optional<Instant> last_backup_at;
};

}  // namespace tinwatch::telemetry
