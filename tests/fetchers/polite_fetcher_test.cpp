#include "polite_fetcher_fixture.hpp"

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

TEST_F(PoliteFetcherTest, ReadsRobotsFirstAndWaitsBetweenRequests) {
  network.on("http://a.test/robots.txt", test::answer(200, "User-agent: *\nDisallow: /x\n"))
      .on("http://a.test/1", test::answer(200, "one"));
  EXPECT_EQ(fetch("http://a.test/1")->body, "one");
  EXPECT_EQ(network.requests[0].url, "http://a.test/robots.txt");
  EXPECT_EQ(clock.slept, std::vector<Duration>{2s});
  EXPECT_EQ(fetch("http://a.test/x").error().kind, FetchFailure::robots);
  EXPECT_EQ(network.requests.size(), 2U) << "what robots.txt forbids is not asked";
}

TEST_F(PoliteFetcherTest, WritesPolitenessAheadOfEveryRequest) {
  network.on("http://a.test/robots.txt", test::answer(404))
      .on("http://a.test/1", test::answer(200));
  fetch("http://a.test/1");
  for (int i = 0; i < 20; ++i) fetch("http://a.test/1");
  // Whenever the daemon dies, what is remembered forbids a request for a delay after the last one.
  ASSERT_EQ(departures.times.size(), 22U);
  for (std::size_t i = 0; i < departures.times.size(); ++i) {
    Instant allowed{};
    for (const auto& [sent, state] : remembered)
      if (sent <= i) allowed = std::max(allowed, state.next_allowed);
    EXPECT_GE(allowed, departures.times[i] + 2s) << "request " << i;
  }
}

TEST_F(PoliteFetcherTest, ObeysRetryAfterAndForgetsNothingOverARestart) {
  auto busy = test::answer(429);
  busy->retry_after = 10min;
  network.on("http://a.test/robots.txt", test::answer(404)).on("http://a.test/1", busy);
  fetch("http://a.test/1");
  EXPECT_EQ(polite.ready_at("a.test"), clock.now() + 10min);
  EXPECT_EQ(polite.blocked_hosts(), 1U);
  EXPECT_EQ(fetch("http://a.test/1").error().kind, FetchFailure::timeout)
      << "nobody waits ten minutes inside a fetch";
  PoliteFetcher next(network, clock, io.get_executor(), cpu.get_executor(), {.delay = 2s},
                     "tinwatch", memory());
  next.restore({remembered.back().second}, true);
  EXPECT_EQ(next.ready_at("a.test"), clock.now() + 10min);
}

TEST_F(PoliteFetcherTest, AfterAnUncleanEndEachHostWaitsAFullDelay) {
  polite.restore({HostState{.host = "a.test"}}, false);
  EXPECT_EQ(polite.ready_at("a.test"), clock.now() + 2s);
  EXPECT_EQ(polite.ready_at("b.test"), clock.now() + 2s) << "one that is not recalled yet";
  network.on("http://b.test/robots.txt", test::answer(404));
  fetch("http://b.test/1");
  EXPECT_EQ(clock.slept.front(), 2s);
}

TEST_F(PoliteFetcherTest, RecallsAHostOfAnEarlierRunWhenItIsMet) {
  network.on("http://a.test/robots.txt", test::answer(200, "User-agent: *\nDisallow: /x\n"))
      .on("http://a.test/1", test::answer(200));
  fetch("http://a.test/1");
  known["a.test"].state.validators_lied_at = clock.now();
  PoliteFetcher next(network, clock, io.get_executor(), cpu.get_executor(), {.delay = 2s},
                     "tinwatch", memory());
  network.requests.clear();
  const auto fetch_again = [&](const std::string& url) {
    FetchRequest request;
    request.url = url;
    return test::run(io, next.fetch(std::move(request)));
  };
  EXPECT_EQ(fetch_again("http://a.test/x").error().kind, FetchFailure::robots);
  EXPECT_EQ(network.requests.size(), 0U) << "its robots.txt is known";
  EXPECT_FALSE(next.trusts_validators("a.test"));

  PoliteFetcher spared(network, clock, io.get_executor(), cpu.get_executor(), {.delay = 2s},
                       "tinwatch", memory());
  spared.restore({known["a.test"].state}, true);
  FetchRequest forbidden;
  forbidden.url = "http://a.test/x";
  EXPECT_EQ(test::run(io, spared.fetch(std::move(forbidden))).error().kind, FetchFailure::robots);
  EXPECT_EQ(network.requests.size(), 0U) << "nor is that of a host that may not be asked yet";

  known["a.test"].robots->text.reset();  // too long to be kept
  PoliteFetcher last(network, clock, io.get_executor(), cpu.get_executor(), {.delay = 2s},
                     "tinwatch", memory());
  FetchRequest request;
  request.url = "http://a.test/x";
  EXPECT_EQ(test::run(io, last.fetch(std::move(request))).error().kind, FetchFailure::robots);
  EXPECT_EQ(network.requests.size(), 1U) << "it is asked for again";
}

// Whoever owns a domain can make up names in it without end, each with a robots.txt of its own.
TEST_F(PoliteFetcherTest, ASourceLeadsToSoManyNewHostsADay) {
  const auto host = [](int i) { return "http://h" + std::to_string(i) + ".test"; };
  for (int i = 0; i < 100; ++i)
    network.on(host(i) + "/robots.txt", test::answer(404))
        .on(host(i) + "/", test::redirect(host(i + 1) + "/"));
  const auto fetch_for = [&](const std::string& url, const std::string& source) {
    FetchRequest request;
    request.url = url;
    request.jar = source;
    return test::run(io, polite.fetch(std::move(request)));
  };
  const auto endless = fetch_for(host(0) + "/", "bao");
  ASSERT_FALSE(endless.has_value());
  EXPECT_NE(endless.error().detail.find("fetch.new_hosts_per_day"), std::string::npos)
      << endless.error().detail;
  EXPECT_GT(endless.error().not_before, 23h);
  EXPECT_EQ(polite.hosts(), 10U);
  network.on("http://own.test/robots.txt", test::answer(404))
      .on("http://own.test/", test::answer(200));
  EXPECT_FALSE(fetch_for("http://own.test/", "bao").has_value());
  EXPECT_TRUE(fetch_for("http://own.test/", "khac").has_value()) << "another source has its own";
  clock.pass(25h);
  EXPECT_TRUE(fetch_for(host(50) + "/robots.txt", "bao").has_value());
  EXPECT_LT(polite.hosts(), 10U) << "hosts that nobody asks are put away";
  for (int i = 0; i < 10; ++i)
    EXPECT_FALSE(fetch_for(host(i) + "/x", "bao").has_value()) << "not scripted, but asked";
  EXPECT_EQ(network.requests.back().url, host(9) + "/x") << "what was known is not new";
}

TEST_F(PoliteFetcherTest, FollowsRedirectsHopByHop) {
  network.on("http://a.test/robots.txt", test::answer(404))
      .on("http://b.test/robots.txt", test::answer(200, "User-agent: *\nDisallow: /secret\n"));
  network.on("http://a.test/1", test::redirect("/2", 301))
      .on("http://a.test/2", test::redirect("http://b.test/3", 308));
  network.on("http://b.test/3", test::answer(200, "end"))
      .on("http://a.test/4", test::redirect("http://b.test/secret"));
  FetchRequest request;
  request.url = "http://a.test/1";
  request.validators.etag = "\"x\"";
  const auto response = test::run(io, polite.fetch(std::move(request)));
  EXPECT_EQ(response->url, "http://b.test/3");
  EXPECT_TRUE(response->moved_permanently);
  EXPECT_EQ(response->redirects, (std::vector<std::string>{"http://a.test/1", "http://a.test/2"}));
  EXPECT_EQ(network.requests.back().validators, Validators{}) << "validators stay with their page";
  EXPECT_EQ(fetch("http://a.test/4").error().kind, FetchFailure::robots)
      << "the next host's robots.txt counts";
}

TEST_F(PoliteFetcherTest, FollowsRedirectsWithinTheSourceAlone) {
  for (const auto* host : {"a.test", "www.a.test", "b.test"})
    network.on(std::string("http://") + host + "/robots.txt", test::answer(404));
  network.on("http://a.test/own", test::redirect("http://www.a.test/1"))
      .on("http://www.a.test/1", test::answer(200, "one"))
      .on("http://a.test/away", test::redirect("http://b.test/1", 302))
      .on("http://a.test/moved", test::redirect("http://b.test/1", 301));
  network.on("http://a.test/port", test::redirect("http://b.test:81/1", 301))
      .on("http://a.test/mixed", test::redirect("/away", 301))
      .on("http://b.test/1", test::answer(200, "elsewhere"));
  const auto scope =
      std::make_shared<const SiteScope>(SiteScope::make({"http://a.test/"}, {}).value());
  const auto fetch_from = [&](const std::string& path, bool may_move) {
    FetchRequest request;
    request.url = "http://a.test" + path;
    request.scope = scope;
    request.may_move = may_move;
    return test::run(io, polite.fetch(std::move(request)));
  };
  EXPECT_EQ(fetch_from("/own", false)->body, "one");
  EXPECT_EQ(fetch_from("/moved", true)->body, "elsewhere") << "a known page moved for good";
  const std::vector<std::pair<std::string, bool>> refused = {
      {"/away", false}, {"/away", true}, {"/moved", false}, {"/port", true}, {"/mixed", true}};
  for (const auto& [path, may_move] : refused) {
    const auto result = fetch_from(path, may_move);
    ASSERT_FALSE(result.has_value()) << path;
    EXPECT_EQ(result.error().kind, FetchFailure::refused_address) << path;
    EXPECT_NE(result.error().detail.find("'hosts'"), std::string::npos) << result.error().detail;
  }
}

TEST_F(PoliteFetcherTest, StopsAtLoopsChainsAndOtherSchemes) {
  network.on("http://a.test/robots.txt", test::answer(404));
  network.on("http://a.test/loop", test::redirect("/loop"))
      .on("http://a.test/file", test::redirect("file:///etc/passwd"));
  for (int i = 0; i < 20; ++i)
    network.on("http://a.test/c" + std::to_string(i), test::redirect("/c" + std::to_string(i + 1)));
  EXPECT_EQ(fetch("http://a.test/loop").error().kind, FetchFailure::refused_address);
  EXPECT_EQ(fetch("http://a.test/file").error().kind, FetchFailure::refused_address);
  EXPECT_EQ(fetch("http://a.test/c0").error().kind, FetchFailure::refused_address);
  EXPECT_EQ(network.requests.back().url, "http://a.test/c10");
}

// A wall that asks whether cookies are kept sends back to the page that was asked for.
TEST_F(PoliteFetcherTest, PassesACookieWallOnce) {
  const auto wall = [](const std::string& location) {
    auto out = test::redirect(location, 302);
    out->headers.emplace_back("Set-Cookie", "seen=1; Path=/");
    return out;
  };
  network.on("http://a.test/robots.txt", test::answer(404))
      .on("http://a.test/1", wall("/1"))
      .on("http://a.test/1", test::answer(200, "one"))
      .on("http://a.test/2", test::redirect("/wall"))
      .on("http://a.test/2", test::answer(200, "two"))
      .on("http://a.test/wall", wall("/2"))
      .on("http://a.test/endless", wall("/endless"));
  const auto fetch_with = [&](const std::string& path, const std::string& jar) {
    FetchRequest request;
    request.url = "http://a.test" + path;
    request.jar = jar;
    return test::run(io, polite.fetch(std::move(request)));
  };
  EXPECT_EQ(fetch_with("/1", "bao")->body, "one");
  EXPECT_EQ(fetch_with("/2", "bao")->body, "two");
  const auto before = network.requests.size();
  EXPECT_EQ(fetch_with("/endless", "bao").error().kind, FetchFailure::refused_address);
  EXPECT_LE(network.requests.size() - before, 11U) << "however many cookies it sets";
  EXPECT_EQ(fetch_with("/endless", "").error().kind, FetchFailure::refused_address);
  EXPECT_EQ(network.requests.size() - before, 12U) << "without a jar a cookie changes nothing";
}

}  // namespace
}  // namespace tinwatch::fetchers
