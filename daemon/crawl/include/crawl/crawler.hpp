#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"
#include "core/daily_budget.hpp"
#include "crawl/cadence.hpp"
#include "crawl/page_workers.hpp"
#include "crawl/plan.hpp"
#include "crawl/source_health.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "monitor/detours.hpp"
#include "monitor/empty_parameters.hpp"
#include "monitor/rebuilds.hpp"
#include "monitor/site_guard.hpp"
#include "monitor/url_trap.hpp"
#include "storage/store.hpp"
#include "telemetry/metrics.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::crawl {

struct ArticleReport;
struct Decision;
struct ListReport;
struct Miss;
struct RequestReport;
struct VisitReport;

/// Visits what is due, and remembers what visits bring: each begins by the plan of its time, and
/// ends in a report that is observed here and nowhere else. Belongs to the io thread; pages are
/// read on `cpu`.
class Crawler {
 public:
  /// `cpu` has so many `threads`; where there are several, no source has all of them.
  Crawler(fetchers::PoliteFetcher& fetcher, storage::Store& store, asio::any_io_executor cpu,
          std::size_t threads, Clock& clock, telemetry::Metrics& metrics,
          std::shared_ptr<const Plan> plan);

  /// Visits what stands at the item's URL and writes what it means. A failure of the network or of
  /// the page is written too; only the store's own failure is thrown.
  Task<> visit(storage::FrontierItem item);

  /// Visits that begin from now on follow this plan.
  void follow(std::shared_ptr<const Plan> plan) {
    plan_ = std::move(plan);
    cadence_.configure(plan_->requests_an_hour);
    url_budget_.configure(plan_->url_limits);
  }
  [[nodiscard]] const Plan& plan() const { return *plan_; }

  /// When everything is looked at again.
  [[nodiscard]] Cadence& cadence() { return cadence_; }

  /// Whether the sources are well.
  [[nodiscard]] SourceHealth& health() { return health_; }
  /// The machine's clock was set by so much: what is remembered is as long ago as it was.
  void clock_was_set(Duration by);

  /// Which parameters of a source's addresses carry nothing.
  [[nodiscard]] monitor::EmptyParameters& parameters() { return parameters_; }
  /// Tells of sources that are no longer well, or are again.
  Task<> examine_sources();

  /// When the budget of its host has room for the item: at once, where none counts for it.
  [[nodiscard]] Instant room_at(const storage::FrontierItem& item) const;

  /// Pages that no thread has begun to read are given up: the daemon stops.
  void give_up_pages() { workers_.give_up(); }
  /// Work on the cpu threads, what waits for one included.
  [[nodiscard]] std::size_t working() const { return workers_.size(); }
  /// Whether the source's pages wait to be read: fetching more would only pile up their bytes.
  [[nodiscard]] bool is_behind(const std::string& source) const {
    return workers_.is_behind(source);
  }
  /// What the cpu threads work on now.
  [[nodiscard]] std::vector<UnderWay> under_way() const { return workers_.under_way(); }

  /// Called after a commit that holds deliveries.
  std::function<void()> on_deliveries;
  /// Called after a commit that put URLs into a host's queue.
  std::function<void(const std::string& host)> on_found;

 private:
  /// Why the item is not to be asked for now; nothing: it is.
  [[nodiscard]] std::optional<Miss> obstacle(const Plan& plan,
                                             const storage::FrontierItem& item) const;

  template <class AVisit>
  Task<> carry_out(std::shared_ptr<const Plan> plan, storage::FrontierItem item);

  // What a visit did goes from its report into metrics, memories, log and bells (observe.cpp).
  void observe(const SourcePlan& source, const storage::FrontierItem& item,
               const VisitReport& report);
  void count(Fetched what, const RequestReport& request);
  void observe_retry(const storage::FrontierItem& item, const VisitReport& report);
  void observe_article(const SourcePlan& source, const storage::FrontierItem& item,
                       const ArticleReport& report, Instant at);
  void observe_decision(const SourcePlan& source, const storage::FrontierItem& item,
                        const ArticleReport& report);
  /// An article that came out while it was watched for.
  void observe_news(const SourcePlan& source, const storage::FrontierItem& item,
                    const ArticleReport& report, Instant at);
  void observe_list(const SourcePlan& source, const storage::FrontierItem& item,
                    const ListReport& report, Instant at);
  /// What the first visit of an address found; nothing of later ones.
  void note_first_visit(const storage::FrontierItem& item, bool is_new_article, Instant at);
  /// What a revision adds to the disk.
  void note_stored(const storage::FrontierItem& item, const Decision& decision);
  void ring(const std::string& host) const {
    if (on_found) on_found(host);
  }

  fetchers::PoliteFetcher& fetcher_;
  storage::Store& store_;
  Clock& clock_;
  telemetry::Metrics& metrics_;
  std::shared_ptr<const Plan> plan_;
  Cadence cadence_;
  SourceHealth health_;
  monitor::UrlBudget url_budget_;
  monitor::SiteGuard guard_;
  monitor::Rebuilds rebuilds_;
  monitor::EmptyParameters parameters_;
  monitor::Detours detours_;
  DailyBudget stored_;  // KiB of revisions, by source
  std::deque<storage::SourceReport> unreported_;
  PageWorkers workers_;
};

}  // namespace tinwatch::crawl
