#include "core/robots.hpp"
#include "polite_fetcher_fixture.hpp"

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

TEST_F(PoliteFetcherTest, RobotsThatCannotBeReadForbidForAWhile) {
  network.on("http://a.test/robots.txt", test::answer(503))
      .on("http://a.test/1", test::answer(200));
  const auto refused = fetch("http://a.test/1");
  EXPECT_EQ(refused.error().kind, FetchFailure::robots);
  EXPECT_LE(refused.error().not_before, 60s);
  EXPECT_EQ(network.requests.size(), 1U);
}

TEST_F(PoliteFetcherTest, TellsWhatCameOfEachRobots) {
  std::vector<std::string> told;
  polite.on_robots = [&](const FetchResult& result) {
    told.emplace_back(result ? std::to_string(result->status) : label(result.error().kind));
  };
  network.on("http://a.test/robots.txt", test::failure(FetchFailure::connect))
      .on("http://b.test/robots.txt", test::answer(503))
      .on("http://c.test/robots.txt", test::answer(200, "User-agent: *\nDisallow: /\n"));
  EXPECT_TRUE(fetch("http://a.test/1").error().robots_unread);
  EXPECT_TRUE(fetch("http://b.test/1").error().robots_unread);
  EXPECT_FALSE(fetch("http://c.test/1").error().robots_unread) << "it was read, and forbids";
  fetch("http://c.test/2");
  EXPECT_EQ(told, (std::vector<std::string>{"connect", "503", "200"})) << "each was asked for once";
}

TEST_F(PoliteFetcherTest, MissingRobotsAllow) {
  network.on("http://a.test/robots.txt", test::answer(403))
      .on("http://a.test/1", test::answer(200));
  EXPECT_EQ(fetch("http://a.test/1")->status, 200);
}

TEST_F(PoliteFetcherTest, AsksForTheFirst512KiBOfRobots) {
  network.on("http://a.test/robots.txt", test::answer(404));
  fetch("http://a.test/1");
  EXPECT_TRUE(network.requests[0].cut_body);
  EXPECT_EQ(network.requests[0].max_body, robots_limit);
}

TEST_F(PoliteFetcherTest, RobotsThatCannotBeUnpackedForbid) {
  auto packed = test::answer(200, "not packed at all");
  packed->coding = "gzip";
  network.on("http://a.test/robots.txt", packed);
  std::optional<FetchResult> result;
  FetchRequest request;
  request.url = "http://a.test/1";
  asio::co_spawn(io, polite.fetch(std::move(request)),
                 [&](const std::exception_ptr&, FetchResult value) { result = std::move(value); });
  io.poll();
  EXPECT_EQ(polite.working(), 1U);
  EXPECT_EQ(cpu.poll(), 1U) << "it is unpacked on the cpu threads";
  io.poll();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->error().kind, FetchFailure::robots);
  EXPECT_EQ(polite.working(), 0U);
}

TEST_F(PoliteFetcherTest, LongRobotsAreReadAndAskedOnTheCpuThreads) {
  std::string text = "User-agent: *\n";
  while (text.size() < robots_limit - 100) text += "Disallow: /*a*a*ab\n";
  network.on("http://a.test/robots.txt", test::answer(200, text))
      .on("http://a.test/1", test::answer(200));
  FetchRequest request;
  request.url = "http://a.test/1";
  std::optional<FetchResult> result;
  asio::co_spawn(io, polite.fetch(std::move(request)),
                 [&](const std::exception_ptr&, FetchResult value) { result = std::move(value); });
  const auto turn = [&] {
    io.poll();
    cpu.restart();
    return cpu.poll();
  };
  EXPECT_EQ(turn(), 1U) << "it is read";
  EXPECT_EQ(polite.working(), 1U);
  EXPECT_FALSE(result);
  EXPECT_EQ(turn(), 1U) << "it is asked";
  EXPECT_FALSE(result);
  EXPECT_EQ(turn(), 0U);
  ASSERT_TRUE(result);
  EXPECT_TRUE(*result);
}

TEST_F(PoliteFetcherTest, KeepsRobotsForADay) {
  network.on("http://a.test/robots.txt", test::answer(404))
      .on("http://a.test/1", test::answer(200));
  fetch("http://a.test/1");
  clock.pass(23h);
  fetch("http://a.test/1");
  EXPECT_EQ(network.requests.size(), 3U);
  clock.pass(2h);
  fetch("http://a.test/1");
  EXPECT_EQ(network.requests.size(), 5U);
}

TEST_F(PoliteFetcherTest, HonoursCrawlDelayToTwoMinutes) {
  network.on("http://a.test/robots.txt", test::answer(200, "User-agent: *\nCrawl-delay: 900\n"))
      .on("http://a.test/1", test::answer(200));
  fetch("http://a.test/1");
  EXPECT_EQ(polite.ready_at("a.test"), clock.now() + 120s);
}

}  // namespace
}  // namespace tinwatch::fetchers
