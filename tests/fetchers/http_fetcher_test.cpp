#include "fetchers/http_fetcher.hpp"

#include "async/task_group.hpp"
#include "newsroom/server.hpp"
#include "support/run.hpp"

#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

/// Real libcurl against the newsroom on loopback.
class HttpFetcherTest : public testing::Test {
 protected:
  HttpFetcherTest() {
    newsroom.start();
    auto networks = std::make_shared<std::vector<Network>>();
    networks->push_back(parse_network("127.0.0.0/8").value());
    loopback = networks;
  }

  FetchRequest request(const std::string& path) {
    FetchRequest out;
    out.url = newsroom.origin() + path;
    out.allow_networks = loopback;
    return out;
  }
  FetchResult fetch(FetchRequest what) {
    std::optional<FetchResult> result;
    asio::co_spawn(io, http.fetch(std::move(what)),
                   [&](const std::exception_ptr& failure, FetchResult value) {
                     EXPECT_FALSE(failure);
                     result = std::move(value);
                   });
    while (!result) io.run_one();
    return std::move(*result);
  }
  Task<> fetch_quietly(FetchRequest what) { co_await http.fetch(std::move(what)); }

  asio::io_context io;
  SystemClock clock;
  newsroom::Server newsroom{io, 0, 0};
  HttpFetcher http{io.get_executor(), clock, "tinwatch/test"};
  std::shared_ptr<const std::vector<Network>> loopback;
};

TEST_F(HttpFetcherTest, GivesBackTheDecodedPage) {
  const auto response = fetch(request("/"));
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_EQ(response->status, 200);
  EXPECT_NE(response->body.find("</html>"), std::string::npos);
  EXPECT_LT(response->wire_bytes, response->body.size()) << "it came as gzip";
  EXPECT_EQ(response->content_type, "text/html; charset=utf-8");
}

TEST_F(HttpFetcherTest, AStatusIsAnAnswerAndARedirectIsNotFollowed) {
  EXPECT_EQ(fetch(request("/nothing"))->status, 404);
  newsroom.misbehave({"/", "loop", "", 1});
  const auto response = fetch(request("/"));
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(response->location, "/");
}

TEST_F(HttpFetcherTest, AskedConditionallyIsAnswered304) {
  const auto path = "/rss/tin-moi.rss";
  EXPECT_EQ(fetch(request(path))->status, 200);
  const auto article = newsroom.script().pieces().begin()->second;
  auto again = request(newsroom::Server::path_of(article));
  const auto first = fetch(again);
  ASSERT_FALSE(first->validators.etag.empty());
  again.validators = first->validators;
  EXPECT_EQ(fetch(again)->status, 304);
}

TEST_F(HttpFetcherTest, RefusesAddressesThatAreNotPublic) {
  auto asked = request("/");
  asked.allow_networks = nullptr;
  EXPECT_EQ(fetch(std::move(asked)).error().kind, FetchFailure::refused_address);
  EXPECT_TRUE(newsroom.log().empty());
}

TEST_F(HttpFetcherTest, BoundsBytes) {
  auto asked = request("/");
  asked.max_body = 1000;
  EXPECT_EQ(fetch(std::move(asked)).error().kind, FetchFailure::too_large);
}

TEST_F(HttpFetcherTest, AShortBodyIsAnErrorAndNoEdit) {
  newsroom.misbehave({"/", "truncate", "", 1});
  EXPECT_EQ(fetch(request("/")).error().kind, FetchFailure::truncated);
}

TEST_F(HttpFetcherTest, WhereTheStatusIsAllThatIsAskedTheBodyMayBreakOff) {
  newsroom.misbehave({"/", "truncate", "", 1});
  auto asked = request("/");
  asked.cut_body = true;
  asked.decode = false;
  const auto result = fetch(std::move(asked));
  ASSERT_TRUE(result) << result.error().detail;
  EXPECT_EQ(result->status, 200);
}

TEST_F(HttpFetcherTest, BoundsTime) {
  newsroom.misbehave({"/", "silent", "", 1});
  auto asked = request("/");
  asked.timeout = 50ms;
  EXPECT_EQ(fetch(std::move(asked)).error().kind, FetchFailure::timeout);
}

TEST_F(HttpFetcherTest, AServerMayThinkForAsLongAsTheTimeoutSays) {
  newsroom.misbehave({"/", "silent", "", 1});
  auto asked = request("/");
  asked.timeout = 2500ms;
  asked.stall = 1s;
  const auto result = fetch(std::move(asked));
  EXPECT_EQ(result.error().kind, FetchFailure::timeout);
  EXPECT_EQ(result.error().detail.find("too slow"), std::string::npos) << result.error().detail;
}

TEST_F(HttpFetcherTest, RefusesLineEndsInHeaders) {
  auto asked = request("/");
  asked.headers.emplace_back("X-Test", "a\r\nHost: evil.example");
  EXPECT_EQ(fetch(std::move(asked)).error().kind, FetchFailure::refused_address);
  EXPECT_TRUE(newsroom.log().empty());
}

TEST_F(HttpFetcherTest, ACancelledTransferEndsAtOnce) {
  newsroom.misbehave({"/", "silent", "", 1});
  TaskGroup group(io.get_executor(), 1,
                  [](const std::exception_ptr&) { FAIL() << "a cancellation is no failure"; });
  asio::co_spawn(io, group.spawn(fetch_quietly(request("/"))), [](const std::exception_ptr&) {});
  while (newsroom.log().empty()) io.run_one();
  EXPECT_EQ(group.running(), 1U);
  group.cancel();
  while (group.running() > 0) io.run_one();
  EXPECT_EQ(http.in_flight(), 0U);
}

}  // namespace
}  // namespace tinwatch::fetchers
