#pragma once

#include "async/clock.hpp"
#include "async/lanes.hpp"
#include "async/task.hpp"
#include "core/daily_budget.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "monitor/url_trap.hpp"
#include "parsers/article.hpp"
#include "pipeline/cadence.hpp"
#include "pipeline/page_work.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/source_health.hpp"
#include "storage/store.hpp"
#include "telemetry/metrics.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tinwatch::pipeline {

struct Decision;
struct Sighting;

/// One visit, from a due URL to what it changed: fetch, parse, compare, record. Belongs to the io
/// thread; parsing runs on `cpu`.
class Pipeline {
 public:
  /// `cpu` has so many `threads`; where there are several, no source has all of them.
  Pipeline(fetchers::PoliteFetcher& fetcher, storage::Store& store, asio::any_io_executor cpu,
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
  /// Tells of sources that are no longer well, or are again.
  Task<> examine_sources();

  /// Pages that no thread has begun to read are given up: the daemon stops.
  void give_up_pages() { lanes_.stop(); }

  /// Work on the cpu threads, what waits for one included.
  [[nodiscard]] std::size_t working() const { return work_.size(); }
  /// Whether the source's pages wait to be read, behind one that takes its time: fetching more
  /// would only pile up their bytes.
  [[nodiscard]] bool is_behind(const std::string& source) const;
  /// What they work on now.
  [[nodiscard]] std::vector<UnderWay> under_way() const { return work_.under_way(); }

  /// Called after a commit that holds deliveries.
  std::function<void()> on_deliveries;
  /// Called after a commit that put URLs into a host's queue.
  std::function<void(const std::string& host)> on_found;

 private:
  using PlanPtr = std::shared_ptr<const Plan>;

  Task<> visit_list(PlanPtr plan, storage::FrontierItem item);
  /// What the first visit of an address found; nothing of later ones.
  void note_first_visit(const storage::FrontierItem& item, bool is_new_article);
  Task<> visit_article(PlanPtr plan, storage::FrontierItem item);
  /// A page that was not known at sight.
  struct Page {
    fetchers::FetchResponse response;  ///< its body decoded
    std::string sha256;                ///< of the body
    std::string coding;                ///< of `sent`
    std::string sent;                  ///< the body as it was sent, unless that is the body
    std::string sent_sha256;           ///< of the body as it was sent
    bool missed = false;               ///< it did not fit what it is known by
  };
  Task<> article_seen(PlanPtr plan, storage::FrontierItem item, Page page,
                      std::optional<storage::StoredArticle> known);
  Task<> article_unchanged(PlanPtr plan, storage::FrontierItem item, storage::StoredArticle stored,
                           PollResult result);
  Task<> article_absent(PlanPtr plan, storage::FrontierItem item, bool gone, std::string why);
  /// `gone`: it is the address of a known article, which is no longer there.
  Task<> not_an_article(PlanPtr plan, storage::FrontierItem item, bool gone,
                        parsers::NotAnArticle why_not);
  /// What today's extractor makes of the page that is kept; nothing when it makes nothing of it.
  Task<std::optional<ReadArticle>> read_again(storage::FrontierItem item,
                                              std::optional<storage::Capture> kept_page,
                                              std::shared_ptr<const parsers::Site> site);
  /// What a page that was read in vain is known by from now on; `before`: one that shows the same.
  Task<storage::StoredArticle::Region> learn(std::shared_ptr<const Sighting> sighting,
                                             storage::StoredArticle stored,
                                             std::shared_ptr<const parsers::Site> site,
                                             storage::Capture before);
  void count(const SourcePlan& source, const Sighting& sighting, const Decision& decision,
             const std::optional<storage::StoredArticle>& stored);
  /// Counts what a new revision adds to the disk.
  void note_stored(const std::string& source, const Sighting& sighting, const Decision& decision);
  /// Tells everybody what a commit brought: counters, log, receivers, scheduler.
  void tell(const storage::FrontierItem& item, const Decision& decision,
            const std::string& headline);
  Task<> failed(storage::FrontierItem item, std::string why, Duration least_wait);

  /// Leaves a URL alone until its source may fill the disk again.
  Task<> rest(storage::FrontierItem item);

  /// Leaves a page alone for a day whose parse brought the daemon down twice.
  Task<> skip_killer(storage::FrontierItem item);
  static constexpr int crashes_before_skip = 2;

  /// A step of reading the item's page. `journalled`: one that may bring the daemon down.
  [[nodiscard]] std::shared_ptr<PageWork> work_for(const storage::FrontierItem& item,
                                                   bool journalled = true);

  /// Runs a pure function on a cpu thread; `args` are its arguments but for the budget. Throws
  /// PageFailed where the page costs too much.
  template <class Work, class... Args>
  Task<PageResult<Work, Args...>> work_on(std::shared_ptr<PageWork> page, Work work, Args... args) {
    const WorkWatch::Watched watched(work_, page);
    auto lane = lanes_.lane(page->source).shared_from_this();
    std::exception_ptr failure;
    try {
      co_return co_await run_on(std::move(lane), &do_page_work<Work, Args...>, page,
                                plan_->most_work, work, std::move(args)...);
    } catch (...) {
      failure = std::current_exception();
    }
    if (const auto fault = fault_of_page(failure)) throw PageFailed(*fault);
    std::rethrow_exception(failure);
  }

  /// Fetches and counts.
  Task<fetchers::FetchResult> fetch(PlanPtr plan, storage::FrontierItem item, bool conditional);
  /// The error's kind, or the status's, becomes a metric; `what` is what was asked for.
  void count_answer(Fetched what, const fetchers::FetchResult& result);

  fetchers::PoliteFetcher& fetcher_;
  storage::Store& store_;
  Clock& clock_;
  telemetry::Metrics& metrics_;
  PlanPtr plan_;
  Cadence cadence_;
  SourceHealth health_;
  monitor::UrlBudget url_budget_;
  DailyBudget stored_;  // KiB of revisions, by source
  std::deque<storage::SourceReport> unreported_;
  WorkWatch work_;
  /// Each source's places on the cpu threads: who has many or slow pages queues up behind itself
  /// and not in front of the others, who wait for one of its pages at most.
  Lanes lanes_;
};

}  // namespace tinwatch::pipeline
