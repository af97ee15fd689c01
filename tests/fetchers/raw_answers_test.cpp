#include "core/robots.hpp"
#include "fetchers/http_fetcher.hpp"
#include "support/raw_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <libdeflate.h>
#include <sys/resource.h>
#include <unistd.h>

namespace tinwatch::fetchers {
namespace {

using namespace std::chrono_literals;

std::string gzip(const std::string& text) {
  auto* const compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

std::string ok(const std::string& fields, const std::string& body) {
  return "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

/// Real libcurl and answers of a server that does not mean well.
class RawAnswers : public testing::Test {
 protected:
  RawAnswers() {
    auto networks = std::make_shared<std::vector<Network>>();
    networks->push_back(parse_network("127.0.0.0/8").value());
    loopback = networks;
  }

  FetchRequest request(const std::string& path = "/") const {
    FetchRequest out;
    out.url = server.url(path);
    out.allow_networks = loopback;
    return out;
  }
  FetchRequest robots() const {
    auto out = request("/robots.txt");
    out.max_body = robots_limit;
    out.cut_body = true;
    return out;
  }
  FetchResult fetch(FetchRequest what) {
    std::optional<FetchResult> result;
    asio::co_spawn(
        io, http.fetch(std::move(what)),
        [&](const std::exception_ptr&, FetchResult value) { result = std::move(value); });
    while (!result) io.run_one();
    return std::move(*result);
  }

  asio::io_context io;
  SystemClock clock;
  std::string answer;
  std::vector<std::string> heads;  // of the requests that came
  test::RawServer server{io, [this](const std::string& head) {
                           heads.push_back(head);
                           return answer;
                         }};
  HttpFetcher http{io.get_executor(), clock, "tinwatch/test"};
  std::shared_ptr<const std::vector<Network>> loopback;
};

/// A robots.txt of 3 MiB.
std::string long_text() {
  std::string out;
  for (int i = 0; out.size() < 3 * 1024 * 1024; ++i)
    out += "Disallow: /" + std::to_string(i * 7919) + "\n";
  return out;
}

TEST_F(RawAnswers, TellsAWholeAnswerFromAPart) {
  const auto status_line = [&](const std::string& line, const std::string& fields) {
    answer = "HTTP/1.1 " + line + "\r\n" + fields + "Content-Length: 4\r\n\r\nbody";
    return is_whole(*fetch(request()));
  };
  EXPECT_TRUE(status_line("200 OK", ""));
  EXPECT_TRUE(status_line("203 Non-Authoritative Information", ""));
  EXPECT_TRUE(status_line("226 IM Used", ""));
  EXPECT_TRUE(status_line("206 Partial Content", "Content-Range: bytes 0-3/4\r\n"));
  EXPECT_FALSE(status_line("206 Partial Content", "Content-Range: bytes 0-3/5\r\n"));
  EXPECT_FALSE(status_line("206 Partial Content", "Content-Range: bytes 1-4/4\r\n"));
  EXPECT_FALSE(status_line("206 Partial Content", "Content-Range: bytes 0-3/*\r\n"));
  EXPECT_FALSE(status_line("206 Partial Content", ""));
  EXPECT_FALSE(status_line("202 Accepted", ""));
  EXPECT_FALSE(status_line("404 Not Found", ""));
}

TEST_F(RawAnswers, WhatHasBegunAndStallsIsGivenUpBeforeItsTime) {
  answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbody";
  auto asked = request();
  asked.timeout = 10min;
  asked.stall = 1s;
  const auto result = fetch(std::move(asked));
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().kind, FetchFailure::timeout);
  EXPECT_NE(result.error().detail.find("too slow"), std::string::npos) << result.error().detail;
}

TEST_F(RawAnswers, WantOfDescriptorsIsOurFault) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  answer = ok("", "there");
  ASSERT_TRUE(fetch(request()).has_value());
  // A port that nobody listens at is the host's fault.
  auto closed = request();
  closed.url = "http://127.0.0.1:1025/";
  const auto refused = fetch(closed);
  ASSERT_FALSE(refused.has_value());
  EXPECT_FALSE(refused.error().is_ours);

  std::vector<int> taken;
  rlimit few = before;
  few.rlim_cur = 64;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  for (int fd = dup(0); fd >= 0; fd = dup(0)) taken.push_back(fd);
  closed.url = "http://127.0.0.1:1026/";
  const auto without = fetch(closed);
  for (const int fd : taken) close(fd);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  ASSERT_FALSE(without.has_value());
  EXPECT_EQ(without.error().kind, FetchFailure::connect);
  EXPECT_TRUE(without.error().is_ours) << without.error().detail;
}

TEST_F(RawAnswers, TheRequestIsKeptAsItWasSent) {
  answer = ok("", "Nước lên");
  auto conditional = request("/tin-2.html");
  conditional.validators.etag = "\"2\"";
  for (auto asked : {request("/tin-1.html"), conditional}) {  // the second on the same connection
    asked.headers.emplace_back("X-Wanted", "một");
    const auto response = fetch(asked);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->request_head, heads.back());
  }
  EXPECT_EQ(heads.size(), 2U);
}

TEST_F(RawAnswers, ALongBodyIsCutWhereThatIsWanted) {
  const auto text = long_text();
  answer = ok("", text);
  const auto announced = fetch(robots());
  ASSERT_TRUE(announced) << announced.error().detail;
  EXPECT_EQ(announced->body, text.substr(0, robots_limit));
  answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n300000\r\n" +
           text.substr(0, 0x300000) + "\r\n0\r\n\r\n";
  const auto streamed = fetch(robots());
  ASSERT_TRUE(streamed) << streamed.error().detail;
  EXPECT_EQ(streamed->body, text.substr(0, robots_limit));
}

TEST_F(RawAnswers, ALongPackedBodyIsCutToo) {
  const auto text = long_text();
  const auto packed = gzip(text);
  answer = ok("Content-Encoding: gzip\r\n", packed);
  auto asked = robots();
  const auto whole = fetch(asked);
  ASSERT_TRUE(whole) << whole.error().detail;
  EXPECT_EQ(whole->body, text.substr(0, robots_limit));
  asked.max_body = packed.size() / 3;  // the packed bytes are cut as well
  const auto cut = fetch(asked);
  ASSERT_TRUE(cut) << cut.error().detail;
  EXPECT_EQ(cut->body, text.substr(0, asked.max_body));
}

TEST_F(RawAnswers, AShortBodyIsWholeAndABrokenOneAnError) {
  answer = ok("", "Disallow: /x\n");
  EXPECT_EQ(fetch(robots())->body, "Disallow: /x\n");
  answer = "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\nConnection: close\r\n\r\nDisallow:";
  auto asked = robots();
  asked.timeout = 200ms;
  EXPECT_FALSE(fetch(std::move(asked))) << "who cuts must say so";
  answer = ok("", std::string(2000, 'x'));
  asked = request();
  asked.max_body = 1000;
  EXPECT_EQ(fetch(std::move(asked)).error().kind, FetchFailure::too_large);
}

TEST_F(RawAnswers, BoundsTheHeader) {
  std::string fields;
  for (int i = 0; i < 900; ++i) fields += "X-" + std::to_string(i) + ": y\r\n";
  answer = ok(fields, "page");
  EXPECT_TRUE(fetch(request()));
  answer = ok(fields + fields, "page");
  const auto many = fetch(request());
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().kind, FetchFailure::too_large);
  EXPECT_EQ(many.error().detail, "the header is longer than 256 KiB or 1,000 fields");
  fields.clear();
  for (int i = 0; i < 6; ++i) fields += "X-Long: " + std::string(50000, 'y') + "\r\n";
  answer = ok(fields, "page");
  EXPECT_EQ(fetch(request()).error().kind, FetchFailure::too_large);
}

TEST_F(RawAnswers, BoundsAnswersBeforeTheAnswer) {
  for (int i = 0; i < 20000; ++i) answer += "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n";
  EXPECT_EQ(fetch(request()).error().kind, FetchFailure::too_large);
}

TEST_F(RawAnswers, RefusesPortsThatAreNotForPages) {
  for (const auto* url :
       {"http://127.0.0.1:25/", "http://127.0.0.1:022/", "https://127.0.0.1:6667/"}) {
    auto asked = request();
    asked.url = url;
    const auto refused = fetch(std::move(asked));
    EXPECT_EQ(refused.error().kind, FetchFailure::refused_address) << url;
    EXPECT_NE(refused.error().detail.find("browsers refuse"), std::string::npos)
        << refused.error().detail;
  }
}

TEST_F(RawAnswers, CookiesAreKeptForTheirSource) {
  answer = ok("Set-Cookie: session=1; Path=/\r\n", "page");
  auto asked = request();
  asked.jar = "a";
  fetch(asked);
  fetch(asked);
  EXPECT_NE(heads.back().find("Cookie: session=1"), std::string::npos);
  asked.jar = "b";
  fetch(asked);
  EXPECT_EQ(heads.back().find("Cookie:"), std::string::npos);
}

TEST_F(RawAnswers, CookiesWithoutEndAreLetGo) {
  auto asked = request();
  asked.jar = "a";
  for (int round = 0; round < 40; ++round) {
    std::string fields;
    for (int i = 0; i < 40; ++i)
      fields +=
          "Set-Cookie: c" + std::to_string(round * 40 + i) + "=x; Path=/; Max-Age=99999999\r\n";
    answer = ok(fields, "page");
    ASSERT_TRUE(fetch(asked));
  }
  answer = ok("Set-Cookie: session=1; Path=/\r\n", "page");
  fetch(asked);
  fetch(asked);
  const auto& head = heads.back();
  EXPECT_NE(head.find("session=1"), std::string::npos) << "the newest ones stay";
  EXPECT_LT(std::count(head.begin(), head.end(), ';'), 100) << "50, and as many before a look";
}

}  // namespace
}  // namespace tinwatch::fetchers
