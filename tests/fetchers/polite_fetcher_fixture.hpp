#pragma once

#include "fetchers/polite_fetcher.hpp"
#include "support/fake_fetcher.hpp"
#include "support/run.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::fetchers {

/// Sleeping takes no time: the delay is noted and added.
class JumpingClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] Duration steady() const override { return now_.time_since_epoch(); }
  Task<> sleep_for(Duration delay) override {
    slept.push_back(delay);
    now_ += delay;
    co_return;
  }
  void pass(Duration duration) { now_ += duration; }
  std::vector<Duration> slept;

 private:
  Instant now_ = Instant{} + std::chrono::hours{1000};
};

/// Notes when each request leaves.
class Departures final : public Fetcher {
 public:
  Departures(Fetcher& inner, const Clock& clock) : inner_(inner), clock_(clock) {}
  Task<FetchResult> fetch(FetchRequest request) override {
    times.push_back(clock_.now());
    co_return co_await inner_.fetch(std::move(request));
  }
  std::vector<Instant> times;

 private:
  Fetcher& inner_;
  const Clock& clock_;
};

class PoliteFetcherTest : public testing::Test {
 protected:
  FetchResult fetch(const std::string& url) {
    FetchRequest request;
    request.url = url;
    return test::run(io, polite.fetch(std::move(request)));
  }
  Task<> remember(HostState state) {
    known[state.host].state = state;
    remembered.emplace_back(network.requests.size(), std::move(state));
    co_return;
  }
  Task<> remember_robots(std::string host, RobotsAnswer robots) {
    known[host].robots = std::move(robots);
    co_return;
  }
  Task<std::optional<KnownHost>> recall(std::string host) {
    const auto found = known.find(host);
    if (found == known.end()) co_return std::nullopt;
    co_return found->second;
  }
  HostMemory memory() {
    return {.remember = [this](HostState state) { return remember(std::move(state)); },
            .remember_robots =
                [this](std::string host, RobotsAnswer robots) {
                  return remember_robots(std::move(host), std::move(robots));
                },
            .recall = [this](std::string host) { return recall(std::move(host)); }};
  }

  asio::io_context io;
  asio::io_context cpu;  // nobody runs it: small files are read on the io thread
  JumpingClock clock;
  test::FakeFetcher network;
  Departures departures{network, clock};
  std::vector<std::pair<std::size_t, HostState>>
      remembered;  // and how many requests had left by then
  std::map<std::string, KnownHost> known;
  PoliteFetcher polite{departures,
                       clock,
                       io.get_executor(),
                       cpu.get_executor(),
                       {.delay = std::chrono::seconds{2}, .new_hosts_a_day = 10},
                       "tinwatch",
                       memory()};
};

}  // namespace tinwatch::fetchers
