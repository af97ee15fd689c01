#include "polite_fetcher_fixture.hpp"

#include <algorithm>

/// Hosts that are down, a machine without a network, clocks that are put right.
namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

// The machine's clock was ahead when these times were written, and was put right.
TEST_F(PoliteFetcherTest, NoStoredTimeSilencesAHostForLongerThanItCould) {
  const auto now = clock.now();
  polite.restore({HostState{.host = "a.test", .next_allowed = now + 240h},
                  HostState{.host = "b.test",
                            .next_allowed = now + 240h,
                            .blocked_until = now + 240h + 4min,
                            .failures = 3,
                            .last_failure = now + 240h},
                  HostState{.host = "c.test", .blocked_until = now + 240h},
                  HostState{.host = "d.test",
                            .next_allowed = now + 100s,
                            .blocked_until = now + 10h,
                            .last_failure = now - 1h}},
                 true);
  EXPECT_EQ(polite.ready_at("a.test"), now + 2s);
  EXPECT_EQ(polite.ready_at("b.test"), now + 4min);
  EXPECT_EQ(polite.ready_at("c.test"), now + 24h);
  EXPECT_EQ(polite.ready_at("d.test"), now + 10h) << "what a right clock wrote stands";
  clock.pass(24h);
  for (const auto* host : {"a.test", "b.test", "c.test", "d.test"})
    EXPECT_LE(polite.ready_at(host), clock.now()) << host << ": the wait ends";
}

TEST_F(PoliteFetcherTest, GoesOnWhenTheClockIsPutBack) {
  network.on("http://a.test/robots.txt", test::answer(404))
      .on("http://a.test/1", test::answer(200));
  fetch("http://a.test/1");
  clock.pass(-48h);
  clock.slept.clear();
  EXPECT_TRUE(fetch("http://a.test/1").has_value());
  ASSERT_FALSE(clock.slept.empty());
  for (const auto slept : clock.slept) EXPECT_LE(slept, 2s);
  EXPECT_EQ(network.requests[2].url, "http://a.test/robots.txt")
      << "a robots.txt of a time to come is asked for again";
  EXPECT_EQ(polite.ready_at("b.test"), Instant{}) << "no other host waits";
}

// Each row: how long a host is left alone after its n-th failure in a row.
TEST_F(PoliteFetcherTest, AHostThatIsDownIsAskedWithinMinutesOfItsReturn) {
  network.on("http://other.test/robots.txt", test::answer(404))
      .on("http://other.test/", test::answer(200));
  const std::vector<std::pair<FetchResult, Duration>> cases = {
      {test::failure(FetchFailure::connect), 4min},
      {test::failure(FetchFailure::timeout), 4min},
      {test::answer(503), 4min},
      {test::answer(429), 60min}};
  int number = 0;
  for (const auto& [down, longest] : cases) {
    const auto host = "h" + std::to_string(number++) + ".test";
    network.on("http://" + host + "/robots.txt", test::answer(404))
        .on("http://" + host + "/1", down);
    Duration last{};
    for (int i = 0; i < 40; ++i) {
      fetch("http://other.test/");  // the network is there
      fetch("http://" + host + "/1");
      last = polite.ready_at(host) - clock.now();
      clock.pass(last);
    }
    EXPECT_EQ(last, longest) << host;
  }
}

TEST_F(PoliteFetcherTest, WhatWasDueInAnOutageComesBitByBit) {
  network.on("http://a.test/robots.txt", test::answer(404));
  for (int i = 0; i < 6; ++i) network.on("http://a.test/1", test::failure(FetchFailure::connect));
  network.on("http://a.test/1", test::answer(200));
  for (int i = 0; i < 6; ++i) {
    fetch("http://a.test/1");
    clock.pass(polite.ready_at("a.test") - clock.now());
  }
  departures.times.clear();
  for (int i = 0; i < 10; ++i) fetch("http://a.test/1");
  const auto back = departures.times.front();
  const auto soon = std::count_if(departures.times.begin(), departures.times.end(),
                                  [&](Instant at) { return at < back + 60s; });
  EXPECT_EQ(soon, 3);
  EXPECT_EQ(departures.times[9] - departures.times[8], 2s) << "then as before";
}

// No DNS, no uplink: host after host fails, and none of them is to blame.
TEST_F(PoliteFetcherTest, AnOutageOfOursIsNotTheirs) {
  const auto host = [](int i) { return "h" + std::to_string(i) + ".test"; };
  for (int i = 0; i < 8; ++i)
    network.on("http://" + host(i) + "/robots.txt", test::answer(404))
        .on("http://" + host(i) + "/1", test::answer(200))
        .on("http://" + host(i) + "/1", test::failure(FetchFailure::dns));
  for (int i = 0; i < 8; ++i) fetch("http://" + host(i) + "/1");
  for (int round = 0; round < 30; ++round) {
    for (int i = 0; i < 8; ++i) fetch("http://" + host(i) + "/1");
    clock.pass(2min);
  }
  for (int i = 0; i < 8; ++i) {
    EXPECT_LE(polite.ready_at(host(i)) - clock.now(), 2min) << host(i);
    EXPECT_LE(remembered.back().second.failures, 3) << "an hour of it counts as nothing";
  }
}

TEST_F(PoliteFetcherTest, WantOfDescriptorsBlamesNobody) {
  network.on("http://a.test/robots.txt", test::failure(FetchFailure::connect))
      .on("http://a.test/robots.txt", test::answer(404))
      .on("http://a.test/1", test::answer(200));
  auto ours = test::failure(FetchFailure::connect);
  ours.error().is_ours = true;
  network.on("http://b.test/robots.txt", ours)
      .on("http://b.test/robots.txt", test::answer(404))
      .on("http://b.test/1", ours)
      .on("http://b.test/1", test::answer(200));
  EXPECT_EQ(fetch("http://a.test/1").error().kind, FetchFailure::robots);
  EXPECT_EQ(polite.blocked_hosts(), 1U);
  EXPECT_EQ(fetch("http://b.test/1").error().kind, FetchFailure::connect);
  EXPECT_FALSE(known.contains("b.test") && known["b.test"].robots) << "no answer, nothing to keep";
  EXPECT_EQ(fetch("http://b.test/1").error().kind, FetchFailure::connect);
  EXPECT_EQ(fetch("http://b.test/1")->status, 200);
  EXPECT_EQ(polite.blocked_hosts(), 1U);
}

TEST_F(PoliteFetcherTest, RobotsThatOurGuardRefusedAreNotKept) {
  network.on("http://a.test/robots.txt", test::failure(FetchFailure::refused_address))
      .on("http://a.test/robots.txt", test::answer(200, "User-agent: *\nDisallow: /x\n"))
      .on("http://a.test/1", test::answer(200));
  EXPECT_EQ(fetch("http://a.test/1").error().kind, FetchFailure::refused_address);
  EXPECT_FALSE(known["a.test"].robots);
  EXPECT_EQ(fetch("http://a.test/1")->status, 200) << "the address is allowed now";
  EXPECT_EQ(fetch("http://a.test/x").error().kind, FetchFailure::robots);
}

}  // namespace
}  // namespace tinwatch::fetchers
