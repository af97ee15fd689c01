#include "crawl/scheduler.hpp"

#include "crawl/crawler_fixture.hpp"
#include "support/passing_time.hpp"

#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

/// A world in which `a.test` answers at once and all other hosts never do.
class SlowWorld final : public fetchers::Fetcher {
 public:
  Task<fetchers::FetchResult> fetch(fetchers::FetchRequest request) override {
    if (!request.url.starts_with("http://a.test/")) {
      ++stuck;
      asio::steady_timer never(co_await asio::this_coro::executor,
                               asio::steady_timer::time_point::max());
      co_await never.async_wait(asio::use_awaitable);
    }
    fetchers::FetchResponse response;
    response.url = request.url;
    response.status = request.url.ends_with("/robots.txt") ? 404 : 200;
    response.content_type = "text/html";
    response.body = "<p>Chưa có tin.</p>";
    lists += response.status == 200 ? 1 : 0;
    co_return response;
  }

  int stuck = 0;
  int lists = 0;
};

/// A source of many hosts that never answer beside one with a list that is read every minute.
class SchedulerTest : public CrawlerTest<SlowWorld> {
 protected:
  SchedulerTest() {
    Plan plan;
    plan.sources.emplace("honest", source("honest", "http://a.test/"));
    plan.sources.emplace("slow", source("slow", "http://s0.test/"));
    follow(std::move(plan));
    std::vector<storage::SourceEntry> sources = {{.name = "honest"}, {.name = "slow"}};
    sources[0].start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    for (int i = 0; i < 300; ++i) {
      const auto host = "s" + std::to_string(i) + ".test";
      sources[1].start.push_back({"http://" + host + '/', host, TargetKind::listing});
    }
    test::run(io, store.sync_sources(sources, clock.now()));
  }

  void pass(Duration duration) {
    test::pass(io, clock, duration, [&] { return store.pending() > 0 || crawler.working() > 0; });
  }

  TaskGroup visits{io.get_executor(), 64,
                   [](const std::exception_ptr& failure) { std::rethrow_exception(failure); }};
  TaskGroup loop{io.get_executor(), 1,
                 [](const std::exception_ptr& failure) { std::rethrow_exception(failure); }};
  Scheduler scheduler{io.get_executor(), clock, store, polite, crawler, visits};
};

TEST_F(SchedulerTest, HostsThatNeverAnswerTakeTheShareOfTheirSourceAlone) {
  asio::co_spawn(io, loop.spawn(scheduler.run()), [](const std::exception_ptr&) {});
  pass(10min);
  EXPECT_EQ(network.stuck, 8) << "300 hosts of that source are due";
  EXPECT_GE(network.lists, 10) << "one a minute";
  loop.cancel();
  visits.cancel();
  io.restart();
  io.run();
  EXPECT_EQ(visits.running(), 0U);
}

}  // namespace
}  // namespace tinwatch::crawl
