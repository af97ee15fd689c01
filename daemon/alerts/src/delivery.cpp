#include "alerts/delivery.hpp"

#include "core/back_off.hpp"
#include "core/time.hpp"
#include "telemetry/log.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

constexpr Duration longest_sleep = 60s;
constexpr Duration first_retry = 5s;
/// Standard Webhooks retries over days; a delivery that failed for five is dead.
constexpr Duration give_up_after = 5 * 24h;

/// A delivery that failed three times may be at fault itself: others get through sooner than it.
constexpr int failures_of_its_own = 3;
constexpr Duration longest_pause_for_one = 5min;

struct Next {
  std::optional<storage::DeliveryItem> item;
  std::optional<Instant> later;  ///< without an item: when the first of those that wait is due
  storage::ReceiverState receiver;
};

Next next(const storage::Reader& reader, std::string receiver, Instant now) {
  Next out{.item = reader.next_delivery(receiver, now),
           .later = std::nullopt,
           .receiver = reader.receiver(receiver)};
  if (!out.item) out.later = reader.next_delivery_at(receiver, now);
  return out;
}

}  // namespace

DeliveryLoop::DeliveryLoop(const asio::any_io_executor& executor, Clock& clock,
                           storage::Store& store, telemetry::Metrics& metrics, std::string receiver,
                           std::shared_ptr<AlertSink> sink)
    : clock_(clock),
      store_(store),
      metrics_(metrics),
      receiver_(std::move(receiver)),
      sink_(std::move(sink)),
      bell_(executor, clock) {}

Task<> DeliveryLoop::run() {
  // What a run before this one could not write down comes first: the receiver has it.
  if (told_) co_await write_down();
  while (!finishing_) {
    auto [item, later, receiver] = co_await store_.read(next, receiver_, clock_.now());
    auto pause = receiver.paused_until ? *receiver.paused_until - clock_.now() : Duration{0};
    if (pause > longest_pause) pause = 0ms;  // written by a clock that was wrong
    if (!item || receiver.disabled) {
      const auto until = later.value_or(Instant::max());
      const bool waits = !receiver.disabled && until < clock_.now() + longest_sleep;
      co_await bell_.sleep(waits ? std::max<Duration>(until - clock_.now(), 1ms) : longest_sleep);
    } else if (pause > 0ms) {
      co_await bell_.sleep(std::min(pause, longest_sleep));
    } else if (!finishing_) {
      co_await deliver(std::move(*item), receiver.failures);
    }
  }
  ended_ = true;
}

Task<> DeliveryLoop::deliver(storage::DeliveryItem item, int failures) {
  Delivery delivery;
  delivery.id = item.id;
  delivery.event = item.event;
  const auto sink = sink_;  // stays until it has answered
  auto result = co_await sink->deliver(std::move(delivery));
  Told told;
  told.item = std::move(item);
  told.by = sink;
  told.at = clock_.now();
  told.failures = failures;
  if (!result) told.error = std::move(result.error());
  told_ = std::move(told);
  co_await write_down();
}

Task<> DeliveryLoop::write_down() {
  const auto& [item, sink, error, at, failures] = *told_;
  if (error && sink != sink_) {
    told_.reset();
    co_return;
  }
  if (!error) {
    co_await store_.mark_delivered(item.id, at);
    metrics_.delivered(receiver_, DeliveryOutcome::delivered);
    log::debug("delivered",
               {{"receiver", receiver_}, {"delivery", item.id}, {"event", item.event.type}});
    told_.reset();
    co_return;
  }
  const bool exhausted = error->kind == Failure::retry && at - item.event.at > give_up_after;
  if (error->kind == Failure::rejected || exhausted) {
    co_await store_.mark_dead(item.id, error->detail);
    metrics_.delivered(receiver_, DeliveryOutcome::dead);
    log::error("delivery given up",
               {{"receiver", receiver_}, {"delivery", item.id}, {"why", error->detail}});
  } else if (error->kind == Failure::gone) {
    co_await store_.disable_receiver(receiver_);
    metrics_.delivered(receiver_, DeliveryOutcome::disabled);
    log::error("receiver disabled: it answered 410 Gone; a reload enables it again",
               {{"receiver", receiver_}});
  } else {
    const auto wait_after = [&, &wish = error->retry_after](int failed) {
      return std::min(back_off(failed, wish, first_retry), longest_pause);
    };
    auto pause = wait_after(failures + 1);
    const auto wait = std::max(pause, wait_after(item.attempts + 1));
    // Whether it is the receiver that fails, or this one, is seen by the next.
    if (item.attempts + 1 >= failures_of_its_own && !error->retry_after)
      pause = std::min(pause, longest_pause_for_one);
    co_await store_.mark_retry(item.id, error->detail, at + wait, at + pause);
    metrics_.delivered(receiver_, DeliveryOutcome::retried);
    log::warning("delivery failed", {{"receiver", receiver_},
                                     {"delivery", item.id},
                                     {"why", error->detail},
                                     {"again_in", to_text(wait)}});
  }
  told_.reset();
}

}  // namespace tinwatch::alerts
