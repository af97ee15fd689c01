#pragma once

#include "api/answer.hpp"
#include "api/event_filter.hpp"
#include "async/clock.hpp"
#include "async/limiter.hpp"
#include "async/wake_up.hpp"
#include "storage/store.hpp"

#include <boost/asio/experimental/channel.hpp>

#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <string>

/// Events as they happen, for whoever holds a connection open: server-sent events (HTML, living
/// standard, 9.2). The `id:` of each is its `seq`, so that a listener that was cut off goes on
/// where it was.
namespace tinwatch::api {

/// Whether `/api/v1/events` is asked for its stream.
[[nodiscard]] bool wants_stream(const Request& request);

/// An event as a listener is sent it.
struct ToldEvent {
  Event event;       ///< without its data
  std::string text;  ///< `id: SEQ`, `data: JSON`, an empty line; empty: a damaged one
};

/// Every listener stands at a place of its own in one list of the last events, which one read of
/// the store fills for all, when something was committed. Whoever stands before the list is served
/// from the store, a page at a time, until he has come to it. Nothing is queued for anybody: who
/// takes no more is behind, and costs no more than who is not. Belongs to the io thread.
class EventFeed {
 public:
  struct Limits {
    std::size_t listeners = 1000;
    std::size_t recent_events = 1000;
    std::size_t recent_bytes = std::size_t{1} << 20U;
    std::size_t piece_bytes = std::size_t{64} << 10U;  ///< sent at once; one event may be more
  };
  static constexpr Duration heartbeat = std::chrono::seconds{15};
  /// Then a stream ends, and its listener comes again: so a token that was revoked ends too.
  static constexpr Duration longest = std::chrono::hours{1};
  /// Between two looks into the store: commits come by the hundred, most of them without an event.
  static constexpr Duration pause = std::chrono::milliseconds{100};

  EventFeed(storage::Store& store, const asio::any_io_executor& executor, Clock& clock,
            Limits limits);
  EventFeed(storage::Store& store, const asio::any_io_executor& executor, Clock& clock)
      : EventFeed(store, executor, clock, Limits()) {}
  ~EventFeed();

  /// Tells listeners until cancelled.
  Task<> run();
  /// Something was committed.
  void ring();

  /// A stream from where the request says (`Last-Event-ID`, `after`, `last`, `since`; without any
  /// of them from now on), or why there is none: 400, and 503 when there are too many listeners.
  /// What it gives must not be used after the feed.
  Task<Reply> open(Request request, Context context);

  [[nodiscard]] std::size_t listeners() const { return listeners_.size(); }

 private:
  class Listener;

  Task<> read_on();
  void keep(ToldEvent told);
  void wake_all();
  /// What stands behind the listener's place in the list.
  [[nodiscard]] std::string take(Listener& listener) const;

  storage::Store& store_;
  asio::any_io_executor executor_;
  Clock& clock_;
  Limits limits_;
  WakeUp bell_;
  Limiter past_readers_;  // who reads the past must not keep all readers from everybody else
  std::list<Listener*> listeners_;
  std::deque<ToldEvent> recent_;  // every event behind floor_, up to head_
  std::size_t recent_bytes_ = 0;
  std::int64_t floor_ = 0;
  std::int64_t head_ = 0;
  bool rung_ = false;
};

}  // namespace tinwatch::api
