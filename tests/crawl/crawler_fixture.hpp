#pragma once

#include "core/url.hpp"
#include "crawl/crawler.hpp"
#include "support/fake_clock.hpp"
#include "support/run.hpp"
#include "support/temp_dir.hpp"

#include <boost/asio/static_thread_pool.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace tinwatch::crawl {

/// A crawler over a real store, on a clock that the test moves; `Network` is a Fetcher.
template <class Network>
class CrawlerTest : public testing::Test {
 protected:
  static SourcePlan source(const std::string& name, const std::string& start) {
    SourcePlan out{.name = name, .site = parsers::Site::generic(TimeZone::fixed({}))};
    out.start = {start};
    out.scope = std::make_shared<const SiteScope>(SiteScope::make(out.start, {}).value());
    out.poll = {.min = std::chrono::minutes{1}, .max = std::chrono::minutes{1}};
    return out;
  }
  /// The list at http://a.test/, start page of the only source, names these articles; it is looked
  /// at again after so long.
  void name_on_list(const std::vector<std::string>& articles, Duration next) {
    storage::ListCommit list{
        .frontier =
            {.row = storage::Reader(folder / "t.db").frontier_item("bao", "http://a.test/")->row,
             .visited_at = clock.now(),
             .end = storage::Seen{.next = {clock.now() + next, {}}}},
        .source = SourceRow(1),
        .at = clock.now()};
    for (const auto& url : articles) list.found.push_back({url, host_key(url)});
    test::run(io, store.commit_list(std::move(list)));
  }
  void follow(Plan plan) { crawler.follow(std::make_shared<const Plan>(std::move(plan))); }

  asio::io_context io;
  test::TempDir folder;
  test::FakeClock clock{*civil(2026, 3, 4, 1, 0, 0)};
  asio::static_thread_pool cpu{1};
  storage::Store store{folder / "t.db"};
  telemetry::Metrics metrics;
  Network network;
  fetchers::PoliteFetcher polite{network,
                                 clock,
                                 io.get_executor(),
                                 cpu.get_executor(),
                                 {.delay = Duration{0}},
                                 "tinwatch",
                                 fetchers::HostMemory::none()};
  Crawler crawler{
      polite, store, cpu.get_executor(), 1, clock, metrics, std::make_shared<const Plan>()};
};

}  // namespace tinwatch::crawl
