#include "api/listener.hpp"

#include "support/run.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace tinwatch::api {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;

constexpr auto whole = "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
constexpr auto half = "GET /a HTTP/1.1\r\nHost: loc";

class ListenerTest : public testing::Test {
 protected:
  /// Plays a scene against a listener, and ends it.
  void play(std::function<Task<>()> scene) {
    const auto executor = io.get_executor();
    const auto rethrow = [](const std::exception_ptr& e) { std::rethrow_exception(e); };
    const auto note = [this](const std::exception_ptr& e) {
      try {
        std::rethrow_exception(e);
      } catch (const std::exception& why) {
        failed.emplace_back(why.what());
      }
    };
    connections = std::make_unique<Connections>(executor, limits, note);
    TaskGroup loops(executor, 1, rethrow);
    Service service{.answer = [this](Request request) { return answer(std::move(request)); },
                    .refused = [this](int status) { refused.push_back(status); }};
    listener = std::make_unique<Listener>(executor, "127.0.0.1:0", std::move(service), *connections,
                                          timeouts);
    test::run(io, acted(std::move(scene), loops));
    EXPECT_EQ(failed, expected_failures);
  }

  Task<tcp::socket> connected() {
    tcp::socket socket(io);
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), listener->port());
    co_await socket.async_connect(endpoint, asio::use_awaitable);
    co_return socket;
  }
  Task<tcp::socket> sent(std::string bytes) {
    auto socket = co_await connected();
    co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
    co_return socket;
  }
  /// All that comes until the other side closes.
  static Task<std::string> rest(tcp::socket& socket) {
    std::string text;
    boost::system::error_code ended;
    co_await asio::async_read(socket, asio::dynamic_buffer(text),
                              asio::redirect_error(asio::use_awaitable, ended));
    co_return text;
  }
  Task<std::string> exchanged(std::string bytes) {
    auto socket = co_await sent(std::move(bytes));
    co_return co_await rest(socket);
  }

  asio::io_context io;
  Timeouts timeouts{1h, 1h, 1h};
  Connections::Limits limits{.connections = 3};
  std::unique_ptr<Connections> connections;
  std::unique_ptr<Listener> listener;
  std::vector<int> refused;
  std::vector<std::string> failed;
  std::vector<std::string> expected_failures;
  std::function<Task<std::string>()> pieces;  ///< of an answer without an end
  std::size_t answered = 0;
  std::size_t body_bytes = 2;

 private:
  Task<Reply> answer(Request) {
    ++answered;
    Reply reply;
    reply.body.assign(body_bytes, 'x');
    reply.more = pieces;
    co_return reply;
  }
  Task<> acted(std::function<Task<>()> scene, TaskGroup& loops) {
    co_await loops.spawn(listener->run());
    co_await scene();
    loops.cancel();
    co_await loops.join();
    connections->cancel();
    co_await connections->join();
  }
};

TEST_F(ListenerTest, WhatIsNoRequestIsAnsweredCountedAndClosed) {
  const std::string smuggled =
      "GET /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n";
  const std::string large =
      "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";
  play([&]() -> Task<> {
    const auto bad = co_await exchanged(smuggled + whole);
    EXPECT_TRUE(bad.starts_with("HTTP/1.1 400 Bad Request\r\n")) << bad;
    EXPECT_EQ(bad.find("HTTP/1.1", 1), std::string::npos) << "one answer: " << bad;
    EXPECT_NE(bad.find("Connection: close\r\n"), std::string::npos) << bad;
    EXPECT_NE(bad.find("application/problem+json"), std::string::npos) << bad;
    const auto long_header = co_await exchanged(std::string(20'000, 'a'));
    EXPECT_TRUE(long_header.starts_with("HTTP/1.1 431 ")) << long_header;
    // The body is on its way: the answer must not be lost to a reset.
    const auto long_body = co_await exchanged(large + std::string(1'000'000, 'a'));
    EXPECT_TRUE(long_body.starts_with("HTTP/1.1 413 ")) << long_body;
  });
  EXPECT_EQ(refused, (std::vector<int>{400, 431, 413}));
  EXPECT_EQ(answered, 0U);
}

TEST_F(ListenerTest, ASlowRequestIsAnswered408AndSilenceIsNot) {
  timeouts = {50ms, 1h, 50ms};
  play([&]() -> Task<> {
    const auto slow = co_await exchanged(half);
    EXPECT_TRUE(slow.starts_with("HTTP/1.1 408 Request Timeout\r\n")) << slow;
    const auto nothing = co_await exchanged("");
    EXPECT_EQ(nothing, "");
  });
  EXPECT_EQ(refused, std::vector<int>{408});
}

TEST_F(ListenerTest, OneAfterTheOtherOnOneConnection) {
  play([&]() -> Task<> {
    const auto both =
        co_await exchanged("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n" + std::string(whole));
    EXPECT_NE(both.find("HTTP/1.1 200", 1), std::string::npos) << both;
  });
  EXPECT_EQ(answered, 2U);
}

TEST_F(ListenerTest, AStreamWhosePiecesFailEndsSoThatThePeerComesAgain) {
  int told = 0;
  pieces = [&told]() -> Task<std::string> {
    if (++told > 1) throw std::runtime_error("the disk is gone");
    co_return std::string("one\n");
  };
  expected_failures = {"the disk is gone"};
  play([&]() -> Task<> {
    auto socket = co_await sent(whole);
    asio::steady_timer patience(io, 20s);
    patience.async_wait([&](boost::system::error_code rang) {
      if (rang) return;
      ADD_FAILURE() << "it stays open";
      socket.close();
    });
    const auto heard = co_await rest(socket);
    patience.cancel();
    EXPECT_TRUE(heard.ends_with("one\n")) << heard;
  });
}

TEST_F(ListenerTest, WhoHangsOnLongestMakesRoomForWhoAsks) {
  play([&]() -> Task<> {
    std::vector<tcp::socket> hanging;
    for (int i = 0; i < 20; ++i) hanging.push_back(co_await sent(half));
    const auto reply = co_await exchanged(whole);
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 200 ")) << reply;
    const auto oldest = co_await rest(hanging.front());
    EXPECT_EQ(oldest, "") << "it is closed";
    // The newest still may say what it wants.
    const std::string end = "alhost\r\nConnection: close\r\n\r\n";
    co_await asio::async_write(hanging.back(), asio::buffer(end), asio::use_awaitable);
    const auto late = co_await rest(hanging.back());
    EXPECT_TRUE(late.starts_with("HTTP/1.1 200 ")) << late;
  });
  EXPECT_EQ(answered, 2U);
}

TEST_F(ListenerTest, AnswersNobodyTakesDoNotPileUp) {
  body_bytes = std::size_t{16} << 20U;
  limits = {.connections = 10, .unsent_bytes = 2 * body_bytes};
  play([&]() -> Task<> {
    std::vector<tcp::socket> deaf;
    for (int i = 0; i < 4; ++i) deaf.push_back(co_await sent(whole));
    const auto reply = co_await exchanged(whole);
    EXPECT_GT(reply.size(), body_bytes) << "who takes his answer gets it";
    const auto first = co_await rest(deaf.front());
    EXPECT_LT(first.size(), body_bytes) << "cut for the sake of the others";
  });
}

}  // namespace
}  // namespace tinwatch::api
