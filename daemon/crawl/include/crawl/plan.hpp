#pragma once

#include "core/severity.hpp"
#include "core/site_scope.hpp"
#include "core/work_budget.hpp"
#include "fetchers/fetcher.hpp"
#include "monitor/removal.hpp"
#include "monitor/revisit.hpp"
#include "monitor/shortcuts.hpp"
#include "monitor/url_trap.hpp"
#include "parsers/site.hpp"
#include "watch/watch_set.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::crawl {

/// How one source is watched.
struct SourcePlan {
  std::string name;
  std::shared_ptr<const parsers::Site> site;
  std::vector<std::string> start;          ///< canonical
  std::shared_ptr<const SiteScope> scope;  ///< where its pages may lead
  monitor::Interval poll;
  std::optional<Duration> recheck;
  monitor::RemovalSettings removal;
  std::shared_ptr<const std::vector<fetchers::Network>> allow_networks;
};

/// Whom a watch tells and of what. What it looks for is in the WatchSet, at the same place.
struct WatchPlan {
  std::string title;
  std::string team;
  std::vector<std::string> receivers;
  bool include_baseline = false;
  bool include_backfill = false;
  bool metrics = false;
  bool is_own = false;                  ///< made here; else it stands in the configuration
  std::optional<Instant> snooze_until;  ///< until then its hits are recorded and not told
};

/// Of whom and of what a receiver is told.
struct ReceiverPlan {
  std::string team = "default";
  Severity min_severity = Severity::low;
  friend bool operator==(const ReceiverPlan&, const ReceiverPlan&) = default;
};

struct RoutePlan {
  std::string type;  ///< of the event; `*` stands for any run of characters
  std::vector<std::string> receivers;
};

/// What the crawler does, made from the configuration. Immutable: a reload puts another in its
/// place, and visits under way finish by the one they began with.
struct Plan {
  std::map<std::string, SourcePlan> sources;
  /// Never null; shared with whatever else compares by this configuration.
  std::shared_ptr<const watch::WatchSet> watch_set = watch::WatchSet::compile({});
  std::vector<WatchPlan> watches;  ///< one for each of `watch_set`, in its order
  std::vector<RoutePlan> routes;
  std::map<std::string, ReceiverPlan> receivers;  ///< by name
  Duration timeout = std::chrono::seconds{30};
  double requests_an_hour = 240;  ///< to one host
  std::size_t max_body = 10 * 1024 * 1024;
  WorkBudget::Time most_work = WorkBudget::longest;  ///< CPU time for one step of reading a page
  monitor::Shortcuts shortcuts;
  monitor::UrlLimits url_limits;
  /// KiB of pages and records that the revisions of one source may add in a day. A large newspaper
  /// adds some hundred MiB.
  int most_stored_a_day = 4 * 1024 * 1024;

  /// Asks for a page of a source, as all its pages are asked for.
  [[nodiscard]] fetchers::FetchRequest request(const SourcePlan& source, std::string url) const;
  /// Names of the receivers that want events of this type, each once.
  [[nodiscard]] std::vector<std::string> routed(std::string_view type) const;
};

}  // namespace tinwatch::crawl
