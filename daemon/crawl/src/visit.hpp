#pragma once

#include "async/clock.hpp"
#include "crawl/cadence.hpp"
#include "crawl/page_workers.hpp"
#include "crawl/plan.hpp"
#include "crawl/source_health.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "monitor/detours.hpp"
#include "monitor/empty_parameters.hpp"
#include "monitor/site_guard.hpp"
#include "monitor/url_trap.hpp"
#include "storage/store.hpp"
#include "visit_report.hpp"

#include <memory>
#include <string>
#include <utility>

namespace tinwatch::crawl {

/// What a visit acts on. All of it outlives the visit.
struct Doors {
  fetchers::PoliteFetcher& fetcher;
  storage::Store& store;
  PageWorkers& cpu;
  Clock& clock;
};

/// What is remembered of sources and hosts. A visit asks; what it brings itself is noted by whoever
/// observes its report.
struct Memory {
  const Cadence& cadence;
  const SourceHealth& health;
  const monitor::UrlBudget& urls;
  const monitor::SiteGuard& guard;
  const monitor::Rebuilds& rebuilds;
  const monitor::EmptyParameters& parameters;
  const monitor::Detours& detours;
};

/// What the visits of articles and lists share. One object a visit; it outlives its `run`.
class Visit {
 public:
  /// The plan has the item's source.
  Visit(const Doors& doors, const Memory& memory, std::shared_ptr<const Plan> plan,
        storage::FrontierItem item);

  /// What happened until now.
  [[nodiscard]] const VisitReport& report() const { return report_; }

 protected:
  /// Asks for the page; `conditional`: unless it is as it was.
  Task<fetchers::FetchResult> fetch(bool conditional);
  /// Writes that the visit came to nothing.
  Task<> miss(Miss miss);
  /// The same of a page that cannot be read, or of a status that is none of a page.
  Task<> miss(std::string why, Duration least_wait);
  /// Does `look`; a page that costs too much to read is a miss.
  Task<> unless_costly(Task<> look, Duration least_wait);

  /// A step of reading the page, on a cpu thread. `journalled`: one that may bring the daemon down.
  template <class Work, class... Args>
  Task<PageResult<Work, Args...>> work_on(bool journalled, Work work, Args... args) {
    auto page = work_for(journalled);
    return doors_.cpu.run(std::move(page), plan_->most_work, work, std::move(args)...);
  }

  [[nodiscard]] Instant now() const { return doors_.clock.now(); }
  [[nodiscard]] bool trusts_validators() const {
    return doors_.fetcher.trusts_validators(item_.host);
  }

  Doors doors_;
  Memory memory_;
  std::shared_ptr<const Plan> plan_;
  storage::FrontierItem item_;
  const SourcePlan& source_;
  VisitReport report_;
  bool is_alias_ = false;  ///< of an article that is known at another address

 private:
  [[nodiscard]] std::shared_ptr<PageWork> work_for(bool journalled) const;
};

}  // namespace tinwatch::crawl
