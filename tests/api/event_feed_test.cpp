#include "api/event_feed.hpp"

#include "api/answer_fixture.hpp"
#include "api/listener.hpp"
#include "storage/event_place.hpp"
#include "support/fake_clock.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

namespace tinwatch::api {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;

/// A listener of the stream, and what has come to it so far.
struct Ear {
  explicit Ear(tcp::socket connected) : socket(std::move(connected)) {}

  tcp::socket socket;
  std::string heard;

  /// Everything up to the next `mark`, which it takes away.
  Task<std::string> until(std::string mark) {
    const auto size = co_await asio::async_read_until(socket, asio::dynamic_buffer(heard), mark,
                                                      asio::use_awaitable);
    auto out = heard.substr(0, size);
    heard.erase(0, size);
    co_return out;
  }
  /// The next event as it is sent, beats left out.
  Task<std::string> event() {
    for (;;) {
      auto out = co_await until("\n\n");
      if (out != ":\n\n") co_return out;
    }
  }
  /// All that comes until the other side closes.
  Task<std::string> rest() {
    boost::system::error_code ended;
    co_await asio::async_read(socket, asio::dynamic_buffer(heard),
                              asio::redirect_error(asio::use_awaitable, ended));
    co_return std::exchange(heard, {});
  }
};

class EventFeedTest : public AnswerTest {
 protected:
  /// Plays a scene against a listener with a feed behind it, and ends both.
  void play(std::function<Task<>()> scene) {
    const auto executor = io.get_executor();
    const auto rethrow = [](const std::exception_ptr& e) { std::rethrow_exception(e); };
    feed = std::make_unique<EventFeed>(store, executor, clock, limits);
    store.on_commit([this](std::chrono::nanoseconds) { feed->ring(); });
    connections = std::make_unique<Connections>(executor, connection_limits, rethrow);
    TaskGroup loops(executor, 2, rethrow);
    Service service{.answer = [this](Request request) { return answer(std::move(request)); },
                    .refused = [](int) {}};
    listener = std::make_unique<class Listener>(executor, "127.0.0.1:0", std::move(service),
                                                *connections, timeouts);
    test::run(io, acted(std::move(scene), loops));
    EXPECT_EQ(feed->listeners(), 0U);
    store.on_commit([](std::chrono::nanoseconds) {});
  }

  Task<Ear> asked_for(std::string target, std::string headers = "") {
    tcp::socket socket(io);
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), listener->port());
    co_await socket.async_connect(endpoint, asio::use_awaitable);
    const auto bytes = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
    Ear ear(std::move(socket));
    co_return ear;
  }
  /// The same, once the header and the greeting have come: it hears what is committed from now on.
  Task<Ear> listening(std::string query = "", std::string headers = "") {
    auto ear =
        co_await asked_for("/api/v1/events" + query, "Accept: text/event-stream\r\n" + headers);
    header = co_await ear.until("\r\n\r\n");
    const auto greeting = co_await ear.until("\n\n");
    EXPECT_EQ(greeting, "retry: 2000\n\n");
    co_return ear;
  }
  /// Stores an article and lets the feed look for it.
  Task<> one_more(std::string headline = "Tin") {
    auto record = record_of(1, 1);
    record["headline"] = std::move(headline);
    auto commit = article(stored++, record);
    co_await store.commit(std::move(commit));
    clock.advance_to(clock.now() + EventFeed::pause);
  }
  static std::int64_t seq_of(const std::string& event) {
    EXPECT_TRUE(event.starts_with("id: ")) << event;
    return std::stoll(event.substr(4));
  }

  test::FakeClock clock{now};
  EventFeed::Limits limits;
  Connections::Limits connection_limits;
  Timeouts timeouts{1h, 1h, 1h, 1h};
  std::unique_ptr<EventFeed> feed;
  std::unique_ptr<Connections> connections;
  std::unique_ptr<class Listener> listener;
  std::string header;
  int stored = 0;

 private:
  Task<Reply> answer(Request request) {
    const Context context{.now = clock.now()};
    if (wants_stream(request)) co_return co_await feed->open(std::move(request), context);
    Reply reply;
    reply.body = "{}";
    co_return reply;
  }
  Task<> acted(std::function<Task<>()> scene, TaskGroup& loops) {
    co_await loops.spawn(listener->run());
    co_await loops.spawn(feed->run());
    co_await scene();
    loops.cancel();
    co_await loops.join();
    connections->cancel();
    co_await connections->join();
  }
};

TEST_F(EventFeedTest, WhatIsCommittedIsToldToAllWhoListen) {
  play([&]() -> Task<> {
    auto one = co_await listening();
    auto other = co_await listening();
    EXPECT_NE(header.find("Content-Type: text/event-stream\r\n"), std::string::npos) << header;
    EXPECT_EQ(header.find("Content-Length"), std::string::npos) << header;
    co_await one_more("Một <tin> mới");
    const auto event = co_await one.event();
    const auto same = co_await other.event();
    EXPECT_EQ(event, same);
    EXPECT_TRUE(event.starts_with("id: 1\ndata: {")) << event;
    const auto told = json::parse(event.substr(12));
    EXPECT_EQ(told.at("seq"), 1);
    EXPECT_EQ(told.at("data").at("article").at("headline"), "Một <tin> mới");
    co_await one_more();
    const auto second = co_await one.event();
    EXPECT_EQ(seq_of(second), 2);
  });
}

TEST_F(EventFeedTest, WhoWasCutOffGoesOnWithNothingLostOrTwice) {
  play([&]() -> Task<> {
    for (int i = 0; i < 3; ++i) co_await one_more();
    {
      auto ear = co_await listening("?after=0");
      for (int seq = 1; seq <= 3; ++seq) {
        const auto event = co_await ear.event();
        EXPECT_EQ(seq_of(event), seq);
      }
    }
    for (int i = 0; i < 3; ++i) co_await one_more();
    auto again = co_await listening("?after=0", "Last-Event-ID: 3\r\n");
    co_await one_more();
    for (int seq = 4; seq <= 7; ++seq) {
      const auto event = co_await again.event();
      EXPECT_EQ(seq_of(event), seq) << "where it was cut off counts, not its address";
    }
    auto last = co_await listening("?last=2");
    for (int seq = 6; seq <= 7; ++seq) {
      const auto event = co_await last.event();
      EXPECT_EQ(seq_of(event), seq);
    }
  });
}

TEST_F(EventFeedTest, WhatIsNoLongerKeptIsSaid) {
  play([&]() -> Task<> {
    for (int i = 0; i < 5; ++i) co_await one_more();
    change("DELETE FROM deliveries; DELETE FROM events WHERE seq < 3");
    auto old = co_await listening("", "Last-Event-ID: 1\r\n");
    const auto gap = co_await old.event();
    EXPECT_EQ(gap, "event: tinwatch.stream.gap\nid: 2\ndata: {\"after\":1,\"resumesAfter\":2}\n\n");
    const auto first = co_await old.event();
    EXPECT_EQ(seq_of(first), 3);
    // A copy of the database was put back: it knows less than who listens.
    auto ahead = co_await listening("", "Last-Event-ID: 99\r\n");
    const auto back = co_await ahead.event();
    EXPECT_NE(back.find("{\"after\":99,\"resumesAfter\":5}"), std::string::npos) << back;
    auto seamless = co_await listening("", "Last-Event-ID: 2\r\n");
    const auto next = co_await seamless.event();
    EXPECT_EQ(seq_of(next), 3) << "nothing is missing between 2 and 3";
  });
}

TEST_F(EventFeedTest, SilenceHasAHeartbeat) {
  play([&]() -> Task<> {
    auto ear = co_await listening();
    for (int beats = 0; beats < 3; ++beats) {
      clock.advance_to(clock.now() + EventFeed::heartbeat);
      const auto beat = co_await ear.until("\n\n");
      EXPECT_EQ(beat, ":\n\n");
    }
  });
}

TEST_F(EventFeedTest, AStreamEndsSoThatARevokedTokenDoes) {
  play([&]() -> Task<> {
    auto ear = co_await listening();
    clock.advance_to(clock.now() + EventFeed::longest - 1ms);
    const auto beat = co_await ear.until("\n\n");
    EXPECT_EQ(beat, ":\n\n");
    clock.advance_to(clock.now() + EventFeed::heartbeat);
    const auto rest = co_await ear.rest();
    EXPECT_EQ(rest, "") << "it is closed";
  });
}

TEST_F(EventFeedTest, TheFilterIsThatOfTheList) {
  play([&]() -> Task<> {
    auto hits = co_await listening("?type=tinwatch.watch.hit");
    auto others = co_await listening("?source=khac&after=0");
    auto ours = co_await listening("?source=bao&type=tinwatch.article.published&after=0");
    auto later = co_await listening("?since=1970-02-12");
    co_await one_more();
    const auto event = co_await ours.event();
    EXPECT_EQ(seq_of(event), 1);
    clock.advance_to(clock.now() + EventFeed::heartbeat);
    for (auto* const silent : {&hits, &others, &later}) {
      const auto beat = co_await silent->until("\n\n");
      EXPECT_EQ(beat, ":\n\n") << "nothing but a heartbeat";
    }
  });
}

TEST_F(EventFeedTest, SinceBeginsThereAndReadsNothingBefore) {
  publish(20, record_of(1, 1));
  change("UPDATE events SET at = at + seq * 60000");
  for (const int seq : {1, 7, 20, 21}) {
    const auto since = storage::event_before(storage::Reader(path), now + seq * 1min);
    EXPECT_EQ(since, seq - 1);
  }
  change("DELETE FROM deliveries; DELETE FROM events WHERE seq < 5 OR seq = 10");
  EXPECT_EQ(storage::event_before(storage::Reader(path), now), 0);
  EXPECT_EQ(storage::event_before(storage::Reader(path), now + 11min), 9);
  stored = 20;
  clock.advance_to(now + 21min);
  play([&]() -> Task<> {
    auto ear = co_await listening("?since=10m");
    for (const int seq : {11, 12}) {
      const auto event = co_await ear.event();
      EXPECT_EQ(seq_of(event), seq);
    }
  });
}

TEST_F(EventFeedTest, AListenerFromLongAgoIsServedAPageAtATime) {
  constexpr int past = 700;
  limits.recent_events = 2;
  limits.piece_bytes = 1000;
  publish(past, record_of(1, 1));
  stored = past;
  play([&]() -> Task<> {
    auto newest = co_await listening();
    auto oldest = co_await listening("?after=0");
    for (int i = 0; i < 5; ++i) co_await one_more();
    for (int seq = 1; seq <= past + 5; ++seq) {
      const auto event = co_await oldest.event();
      EXPECT_EQ(seq_of(event), seq);
      if (seq_of(event) != seq) co_return;
    }
    for (int seq = past + 1; seq <= past + 5; ++seq) {
      const auto event = co_await newest.event();
      EXPECT_EQ(seq_of(event), seq);
    }
  });
}

TEST_F(EventFeedTest, WhoListensKeepsNobodyFromAsking) {
  connection_limits.connections = 3;
  limits.listeners = 5;
  play([&]() -> Task<> {
    std::vector<Ear> ears;
    ears.reserve(5);
    for (int i = 0; i < 5; ++i) {
      auto ear = co_await listening();
      ears.push_back(std::move(ear));
    }
    auto asking = co_await asked_for("/x", "Connection: close\r\n");
    const auto reply = co_await asking.rest();
    EXPECT_TRUE(reply.starts_with("HTTP/1.1 200 ")) << reply;
    auto sixth =
        co_await asked_for("/api/v1/events", "Accept: text/event-stream\r\nConnection: close\r\n");
    const auto refusal = co_await sixth.rest();
    EXPECT_TRUE(refusal.starts_with("HTTP/1.1 503 ")) << refusal;
    EXPECT_NE(refusal.find("Retry-After: 60\r\n"), std::string::npos) << refusal;
    EXPECT_NE(refusal.find("application/problem+json"), std::string::npos) << refusal;
    // The place of one that left is free once that was noticed.
    ears.pop_back();
    while (feed->listeners() == 5) co_await asio::post(asio::use_awaitable);
    auto again = co_await listening();
    co_await one_more();
    const auto event = co_await again.event();
    EXPECT_EQ(seq_of(event), 1);
  });
}

TEST_F(EventFeedTest, WhoTakesNothingIsLetGoAndHoldsUpNobody) {
  timeouts.piece = 200ms;
  constexpr std::size_t long_text = 500'000;
  constexpr int events = 40;  // more than the buffers of both sides take
  play([&]() -> Task<> {
    auto deaf = co_await listening();
    auto well = co_await listening();
    std::size_t told = 0;
    for (int seq = 1; seq <= events; ++seq) {
      co_await one_more(std::string(long_text, 'x'));
      const auto event = co_await well.event();
      EXPECT_EQ(seq_of(event), seq);
      told += event.size();
    }
    EXPECT_GT(told, events * long_text);
    while (feed->listeners() == 2) co_await asio::post(asio::use_awaitable);
    const auto rest = co_await deaf.rest();
    EXPECT_LT(rest.size(), told) << "it was closed before it had all";
  });
}

TEST_F(EventFeedTest, WhatCannotBeReadIsRefused) {
  play([&]() -> Task<> {
    const std::pair<std::string, std::string> wrong[] = {{"", "Last-Event-ID: x\r\n"},
                                                         {"", "Last-Event-ID: -1\r\n"},
                                                         {"?limit=5", ""},
                                                         {"?last=1&since=today", ""},
                                                         {"?last=1&after=1", ""}};
    for (const auto& [query, id] : wrong) {
      auto ear = co_await asked_for("/api/v1/events" + query,
                                    "Accept: text/event-stream\r\nConnection: close\r\n" + id);
      const auto reply = co_await ear.rest();
      EXPECT_TRUE(reply.starts_with("HTTP/1.1 400 ")) << query << id << reply;
    }
    auto head = parse_target("HEAD", "/api/v1/events");
    head.accept = "text/event-stream";
    EXPECT_FALSE(wants_stream(head)) << "a header alone has an end";
  });
}

}  // namespace
}  // namespace tinwatch::api
