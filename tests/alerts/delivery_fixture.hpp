#pragma once

#include "alerts/delivery.hpp"
#include "async/persist.hpp"
#include "sqlite.hpp"
#include "storage/store_fixture.hpp"
#include "support/passing_time.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::alerts {

/// A store whose events one receiver is told of by its loop, on a clock that the test moves. What
/// the daemon is told of the receiver itself is kept in `told`.
class DeliveryLoopTest : public storage::StoreTest {
 protected:
  void write(storage::ArticleCommit commit) {
    asio::co_spawn(io, store.commit(std::move(commit)),
                   [](const std::exception_ptr& failure, storage::CommitResult result) {
                     EXPECT_FALSE(failure);
                     EXPECT_EQ(result, storage::CommitResult::committed);
                   });
    pass({});
  }
  /// The article of that number of the site's own.
  std::optional<storage::StoredArticle> find_article(const std::string& number) {
    const auto url = "http://a.test/" + number;
    return storage::Reader(path).find_article(SourceRow(1), number, url, url);
  }
  void start_loop(Recipient to) {
    metrics.declare({.sources = {}, .receivers = {to.settings.name}, .watches = {}});
    loop = std::make_unique<DeliveryLoop>(
        io.get_executor(), clock, store, metrics, std::make_shared<const Recipient>(std::move(to)),
        [this](EventType type, std::string name, std::string why) {
          return note(type, std::move(name), std::move(why));
        });
    auto running = persist([this] { return loop->run(); }, clock, [](const auto&) {});
    asio::co_spawn(io, std::move(running),
                   [&](const std::exception_ptr& failure) { ended = !failure; });
    pass({});
  }
  void pass(Duration duration) {
    test::pass(io, clock, duration, [&] { return store.pending() > 0; });
  }
  void TearDown() override {
    if (!loop) return;
    loop->finish();
    pass({});
    EXPECT_TRUE(ended);
  }

  test::FakeClock clock{storage::now};
  telemetry::Metrics metrics;
  std::unique_ptr<DeliveryLoop> loop;
  std::vector<std::string> told;  ///< `TYPE NAME: WHY`
  bool ended = false;

 private:
  Task<> note(EventType type, std::string name, std::string why) {
    told.push_back(std::string(label(type)) + ' ' + name + ": " + why);
    co_return;
  }
};

}  // namespace tinwatch::alerts
