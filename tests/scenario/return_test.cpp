#include "crawl/crawler.hpp"
#include "crawl/scheduler.hpp"
#include "storage/reader.hpp"
#include "support/fake_clock.hpp"
#include "support/passing_time.hpp"
#include "support/run.hpp"
#include "support/temp_dir.hpp"

#include <boost/asio/static_thread_pool.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

// A thousand newspapers are down for an hour, each with pages that fall due meanwhile.
namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;

constexpr int papers = 1000;
constexpr int pages_of_each = 6;

std::string host_of(int number) { return "bao-" + std::to_string(number) + ".test"; }

/// Answers every host alike, or none.
class Country final : public fetchers::Fetcher {
 public:
  explicit Country(const Clock& clock) : clock_(clock) {}
  Task<fetchers::FetchResult> fetch(fetchers::FetchRequest request) override {
    if (is_down) co_return fail(fetchers::FetchError{FetchFailure::connect, "nobody there"});
    const bool is_robots = request.url.ends_with("/robots.txt");
    const auto path = request.url.substr(std::string("http://").size());
    const auto host = path.substr(0, path.find('/'));
    if (!is_robots) asked[host].push_back(clock_.now());
    if (path == host + '/') lists[host].push_back(clock_.now());
    fetchers::FetchResponse response;
    response.url = request.url;
    response.status = is_robots ? 404 : 200;
    response.content_type = "text/html";
    response.body = "<p>Chưa có tin.</p>";
    co_return response;
  }

  bool is_down = false;
  std::map<std::string, std::vector<Instant>> asked;  // by host
  std::map<std::string, std::vector<Instant>> lists;

 private:
  const Clock& clock_;
};

class ReturnTest : public testing::Test {
 protected:
  ReturnTest() {
    auto plan = std::make_shared<crawl::Plan>();
    std::vector<storage::SourceEntry> entries;
    for (int i = 0; i < papers; ++i) {
      const auto start = "http://" + host_of(i) + '/';
      crawl::SourcePlan source{.name = host_of(i),
                               .site = parsers::Site::generic(TimeZone::fixed({}))};
      source.start = {start};
      source.scope = std::make_shared<const SiteScope>(SiteScope::make(source.start, {}).value());
      source.poll = {.min = 2min, .max = 6h};
      plan->sources.emplace(source.name, std::move(source));
      entries.push_back({.name = host_of(i)});
      entries.back().start.push_back({start, host_of(i), TargetKind::listing});
    }
    crawler.follow(std::move(plan));
    run(io, store.sync_sources(std::move(entries), clock.now()));
  }
  void pass(Duration duration) {
    test::pass(io, clock, duration, [&] { return store.pending() > 0 || crawler.working() > 0; });
  }
  /// Each paper's lists name pages that nobody has read yet.
  void name_pages() {
    for (int i = 0; i < papers; ++i) {
      const auto list = "http://" + host_of(i) + '/';
      const auto item = storage::Reader(folder / "t.db").frontier_item(host_of(i), list).value();
      storage::ListCommit commit{
          .frontier = {.row = item.row,
                       .visited_at = clock.now(),
                       .end = storage::Seen{.next = {clock.now() + 2min, {}}}},
          .source = item.source_row,
          .at = clock.now()};
      for (int page = 0; page < pages_of_each; ++page)
        commit.found.push_back({list + "tin-" + std::to_string(page) + ".html", host_of(i),
                                TargetKind::article, storage::Priority::news});
      asio::co_spawn(io, store.commit_list(std::move(commit)),
                     [](const std::exception_ptr&, storage::ListResult) {});
    }
    pass(0s);
  }

  static void throws(const std::exception_ptr& failure) { std::rethrow_exception(failure); }

  asio::io_context io;
  TempDir folder;
  FakeClock clock{*civil(2026, 3, 4, 1, 0, 0)};
  asio::static_thread_pool cpu{1};
  storage::Store store{folder / "t.db"};
  telemetry::Metrics metrics;
  Country network{clock};
  fetchers::PoliteFetcher polite{
      network,       clock,      io.get_executor(),           cpu.get_executor(),
      {.delay = 2s}, "tinwatch", fetchers::HostMemory::none()};
  crawl::Crawler crawler{
      polite, store, cpu.get_executor(), 1, clock, metrics, std::make_shared<const crawl::Plan>()};
  TaskGroup visits{io.get_executor(), 64, throws};
  TaskGroup loop{io.get_executor(), 1, throws};
  crawl::Scheduler scheduler{io.get_executor(), clock, store, polite, crawler, visits};
};

TEST_F(ReturnTest, AThousandSourcesAreReadAgainWithinMinutesAndGently) {
  asio::co_spawn(io, loop.spawn(scheduler.run()), [](const std::exception_ptr&) {});
  pass(3min);
  ASSERT_EQ(network.lists.size(), static_cast<std::size_t>(papers));
  network.is_down = true;
  name_pages();
  pass(1h);
  network.is_down = false;
  network.asked.clear();
  network.lists.clear();
  pass(5min);
  EXPECT_EQ(network.lists.size(), static_cast<std::size_t>(papers)) << "each list was read again";
  std::size_t most = 0;
  for (const auto& [host, times] : network.asked) {
    const auto first = times.front();
    const auto first_minute =
        std::count_if(times.begin(), times.end(), [&](Instant at) { return at - first < 1min; });
    most = std::max(most, static_cast<std::size_t>(first_minute));
  }
  EXPECT_LE(most, 3U) << "requests to one host in its first minute";
  loop.cancel();
  visits.cancel();
  io.restart();
  io.run();
}

}  // namespace
}  // namespace tinwatch::test
