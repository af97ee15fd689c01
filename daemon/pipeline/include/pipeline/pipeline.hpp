#pragma once

#include "async/clock.hpp"
#include "async/counted.hpp"
#include "async/limiter.hpp"
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

  /// Work on the cpu threads, what waits for one included.
  [[nodiscard]] std::size_t working() const { return work_.size(); }
  /// Whether so many of the source's pages wait to be read that fetching more would only pile up
  /// their bytes.
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
                           std::string_view result);
  Task<> article_absent(PlanPtr plan, storage::FrontierItem item, bool gone, std::string why);
  /// `gone`: it is the address of a known article, which is no longer there.
  Task<> not_an_article(PlanPtr plan, storage::FrontierItem item, bool gone,
                        parsers::NotAnArticle why_not);
  /// The state to compare a page with.
  Task<> find_before(std::shared_ptr<Sighting> sighting, std::shared_ptr<const parsers::Site> site,
                     storage::StoredArticle stored);
  /// Notes what a page is known by, after it was read in vain.
  Task<> learn(std::shared_ptr<const Sighting> sighting, storage::StoredArticle stored,
               std::shared_ptr<const parsers::Site> site, storage::Capture before);
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

  /// The source's places on the cpu threads: who has many or slow pages queues up behind itself and
  /// not in front of the others, who wait for one of its pages at most.
  Limiter& turns_of(const std::string& source, const asio::any_io_executor& io);

  /// Runs a pure function on a cpu thread; `args` are its arguments but for the budget. Throws
  /// PageFailed where the page costs too much.
  template <class Work, class... Args>
  Task<PageResult<Work, Args...>> work_on(std::shared_ptr<PageWork> page, Work work, Args... args) {
    const WorkWatch::Watched watched(work_, page);
    auto& turns = turns_of(page->source, co_await asio::this_coro::executor);
    auto turn = turns.try_acquire();
    if (!turn) {
      const Counted waits(waiting_[page->source]);
      turn.emplace(co_await turns.acquire());
    }
    std::exception_ptr failure;
    try {
      co_return co_await run_on(cpu_, &do_page_work<Work, Args...>, page, plan_->most_work, work,
                                std::move(args)...);
    } catch (...) {
      failure = std::current_exception();
    }
    if (const auto fault = fault_of_page(failure)) throw PageFailed(*fault);
    std::rethrow_exception(failure);
  }

  /// Fetches and counts.
  Task<fetchers::FetchResult> fetch(PlanPtr plan, storage::FrontierItem item, bool conditional);
  /// The error's kind, or the status's, becomes a metric; `kind` is what was asked for.
  void count_answer(std::string_view kind, const fetchers::FetchResult& result);

  fetchers::PoliteFetcher& fetcher_;
  storage::Store& store_;
  asio::any_io_executor cpu_;
  std::size_t share_;  // of the cpu threads, for one source
  Clock& clock_;
  telemetry::Metrics& metrics_;
  PlanPtr plan_;
  Cadence cadence_;
  SourceHealth health_;
  monitor::UrlBudget url_budget_;
  DailyBudget stored_;  // KiB of revisions, by source
  std::deque<storage::SourceReport> unreported_;
  WorkWatch work_;
  std::map<std::string, Limiter> turns_;        // by source
  std::map<std::string, std::size_t> waiting_;  // pages that wait for their turn, by source
};

}  // namespace tinwatch::pipeline
