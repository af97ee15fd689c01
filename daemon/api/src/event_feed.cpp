#include "api/event_feed.hpp"

#include "told_events.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::api {
namespace {

/// How long a browser waits before it comes again.
constexpr std::string_view greeting = "retry: 2000\n\n";
constexpr std::string_view beat = ":\n\n";

}  // namespace

/// One who holds a connection open.
class EventFeed::Listener {
 public:
  Listener(EventFeed& feed, Place place)
      : feed_(feed),
        filter_(std::move(place.filter)),
        after_(place.after),
        pending_(std::string(greeting) + place.gap),
        ends_at_(feed.clock_.steady() + longest),
        bell_(feed.executor_, 1),
        place_(feed.listeners_.insert(feed.listeners_.end(), this)) {}
  ~Listener() { feed_.listeners_.erase(place_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// What is sent next; waits until there is something. Empty: the stream ends.
  Task<std::string> next() {
    if (!pending_.empty()) co_return std::exchange(pending_, {});
    while (feed_.clock_.steady() < ends_at_) {
      std::string out;
      if (after_ < feed_.floor_)
        out = co_await read_past();
      else
        out = feed_.take(*this);
      if (std::exchange(beat_due_, false)) out += beat;
      if (!out.empty()) co_return out;
      if (after_ >= feed_.head_) co_await bell_.async_receive(asio::use_awaitable);
    }
    co_return std::string();
  }

  void wake() { bell_.try_send(boost::system::error_code{}); }
  void wake_for_beat() {
    beat_due_ = true;
    wake();
  }

 private:
  friend class EventFeed;

  Task<std::string> read_past() {
    const auto permit = co_await feed_.past_readers_.acquire();
    const auto until = feed_.floor_;  // all of them are committed: none comes later
    auto filter = filter_;
    const auto page =
        co_await feed_.store_.ask(read_told, after_, std::move(filter), feed_.limits_.piece_bytes);
    after_ = page.is_full ? page.last : std::max(page.last, until);
    std::string out;
    for (const auto& told : page.events) out += told.text;
    co_return out;
  }

  EventFeed& feed_;
  EventFilter filter_;
  std::int64_t after_;
  std::string pending_;
  bool beat_due_ = false;
  Duration ends_at_;
  asio::experimental::channel<void(boost::system::error_code)> bell_;
  std::list<Listener*>::iterator place_;
};

EventFeed::EventFeed(storage::Store& store, const asio::any_io_executor& executor, Clock& clock,
                     Limits limits)
    : store_(store),
      executor_(executor),
      clock_(clock),
      limits_(limits),
      bell_(executor, clock),
      past_readers_(executor, 2) {}
EventFeed::~EventFeed() = default;

void EventFeed::ring() {
  if (listeners_.empty()) return;
  rung_ = true;
  bell_.ring();
}

Task<> EventFeed::run() {
  auto next_beat = clock_.steady() + heartbeat;
  auto next_look = clock_.steady();
  ring();  // what was committed while nobody ran
  for (;;) {
    const auto now = clock_.steady();
    if (rung_ && now >= next_look) {
      rung_ = false;
      next_look = now + pause;
      co_await read_on();
    }
    if (now >= next_beat) {
      next_beat = now + heartbeat;
      for (auto* const listener : listeners_) listener->wake_for_beat();
    }
    const auto until = rung_ ? std::min(next_look, next_beat) : next_beat;
    const auto wait = std::max(until - clock_.steady(), Duration::zero());
    co_await bell_.sleep(wait);
  }
}

Task<> EventFeed::read_on() {
  constexpr std::size_t page_bytes = std::size_t{256} << 10U;
  for (bool more = true; more && !listeners_.empty();) {
    const auto after = head_;
    const EventFilter all;
    auto page = co_await store_.ask(read_told, after, all, page_bytes);
    if (after != head_) continue;  // the last listener left, and the first of others came
    more = page.is_full;
    head_ = std::max(head_, page.last);
    for (auto& told : page.events) keep(std::move(told));
    if (!page.events.empty()) wake_all();
  }
}

void EventFeed::keep(ToldEvent told) {
  recent_bytes_ += told.text.size();
  recent_.push_back(std::move(told));
  while (recent_.size() > limits_.recent_events ||
         (recent_bytes_ > limits_.recent_bytes && recent_.size() > 1)) {
    recent_bytes_ -= recent_.front().text.size();
    floor_ = recent_.front().event.seq;
    recent_.pop_front();
  }
}

void EventFeed::wake_all() {
  for (auto* const listener : listeners_) listener->wake();
}

std::string EventFeed::take(Listener& listener) const {
  std::string out;
  const auto first = std::upper_bound(
      recent_.begin(), recent_.end(), listener.after_,
      [](std::int64_t after, const ToldEvent& told) { return after < told.event.seq; });
  for (auto told = first; told != recent_.end(); ++told) {
    if (!out.empty() && out.size() + told->text.size() > limits_.piece_bytes) return out;
    listener.after_ = told->event.seq;
    if (listener.filter_.keeps(told->event)) out += told->text;
  }
  return out;
}

Task<Reply> EventFeed::open(Request request, Context context) {
  const auto place = co_await store_.ask(find_place, std::move(request), context);
  if (!place.refusal.empty()) co_return problem(400, "Bad Request", place.refusal);
  if (listeners_.size() >= limits_.listeners) {
    auto full = problem(503, "Service Unavailable",
                        std::to_string(listeners_.size()) + " others listen, as many as may be");
    full.retry_after = 60;
    co_return full;
  }
  if (listeners_.empty()) {
    recent_.clear();
    recent_bytes_ = 0;
    floor_ = head_ = place.last;
  }
  const auto listener = std::make_shared<Listener>(*this, place);
  ring();  // whatever was committed meanwhile
  Reply reply;
  reply.content_type = "text/event-stream";
  reply.more = [listener] { return listener->next(); };
  co_return reply;
}

bool wants_stream(const Request& request) {
  return request.method == "GET" && request.accept.find("text/event-stream") != std::string::npos;
}

}  // namespace tinwatch::api
