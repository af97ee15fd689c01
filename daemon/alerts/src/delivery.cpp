#include "alerts/delivery.hpp"

#include "alerts/compose.hpp"
#include "core/back_off.hpp"
#include "core/uuid.hpp"
#include "telemetry/log.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

constexpr Duration longest_sleep = 60s;
constexpr Duration minute = 1min;
constexpr std::size_t few = 100;
constexpr Duration rest = 1s;
struct Next {
  std::optional<storage::DeliveryItem> item;
  std::optional<Instant> later;  ///< without an item: when the first of those that wait is due
};

Next next(const storage::Reader& reader, std::string receiver, Instant now) {
  Next out{.item = reader.next_delivery(receiver, now), .later = std::nullopt};
  if (!out.item) out.later = reader.next_delivery_at(receiver, now);
  return out;
}

/// Names of the watches whose hits are among these deliveries.
std::set<std::string> watches_of(const std::vector<std::int64_t>& deliveries,
                                 const storage::Desk& desk) {
  const std::set<std::int64_t> rows(deliveries.begin(), deliveries.end());
  std::set<std::string> out;
  for (const auto& row : desk.waiting)
    if (!row.watch.empty() && rows.contains(row.row)) out.insert(row.watch);
  return out;
}

}  // namespace

DeliveryLoop::DeliveryLoop(const asio::any_io_executor& executor, Clock& clock,
                           storage::Store& store, telemetry::Metrics& metrics,
                           std::shared_ptr<const Recipient> recipient, ReceiverTold told)
    : clock_(clock),
      store_(store),
      metrics_(metrics),
      recipient_(std::move(recipient)),
      told_(std::move(told)),
      bell_(executor, clock) {}

Task<> DeliveryLoop::run() {
  // What a run before this one could not write down comes first: the receiver has it.
  if (answered_) co_await write_down();
  while (!finishing_) co_await look();
  ended_ = true;
}

Task<> DeliveryLoop::sleep_until(Instant at) {
  const auto now = clock_.now();
  const auto wait = at > now + longest_sleep ? longest_sleep : at - now;
  co_await bell_.sleep(std::max<Duration>(wait, 1ms));
}

Task<> DeliveryLoop::look() {
  auto receiver = co_await store_.read(&storage::Reader::receiver, recipient_->settings.name);
  const auto now = clock_.now();
  auto pause = receiver.paused_until ? *receiver.paused_until - now : Duration{0};
  if (pause > longest_back_off) pause = 0ms;  // written by a clock that was wrong
  if (receiver.disabled || pause > 0ms) {
    co_await sleep_until(receiver.disabled ? Instant::max() : now + pause);
  } else if (is_program(recipient_->settings.kind)) {
    co_await look_as_program(std::move(receiver));
  } else {
    co_await look_as_people(std::move(receiver));
  }
}

Task<> DeliveryLoop::look_as_program(storage::ReceiverState receiver) {
  auto [item, later] = co_await store_.read(next, receiver.name, clock_.now());
  if (!item) {
    co_await sleep_until(later.value_or(Instant::max()));
    co_return;
  }
  const auto now = clock_.now();
  const auto pace = static_cast<std::size_t>(std::max(recipient_->settings.policy.pace, 0));
  std::erase_if(sent_at_, [&](Instant at) { return at <= now - minute || at > now; });
  if (pace > 0 && sent_at_.size() >= pace) {
    co_await sleep_until(sent_at_.front() + minute);
    co_return;
  }
  sent_at_.push_back(now);
  Try one;
  one.told.id = item->id;
  one.told.receiver = receiver.name;
  one.attempts = item->attempts;
  one.failing_since = item->failing_since;
  one.message.id = item->id;
  std::string damage;
  try {
    one.message.body = write(recipient_->settings, item->event, recipient_->style, now);
  } catch (const std::exception& e) {
    damage = e.what();
  }
  if (damage.empty()) {
    if (!finishing_) co_await send(std::move(one), std::move(receiver));
    co_return;
  }
  // Tried again, it would fail again, and hold up all that comes after it.
  Answered answered;
  answered.one = std::move(one);
  answered.by = recipient_->sink;
  answered.error = DeliveryError{Failure::refused, "the stored event is damaged: " + damage, {}};
  answered.at = clock_.now();
  answered.receiver = std::move(receiver);
  answered_ = std::move(answered);
  co_await write_down();
}

Task<> DeliveryLoop::look_as_people(storage::ReceiverState receiver) {
  const bool has_groups = recipient_->settings.policy.group_interval > Duration{0};
  auto desk = co_await store_.read(&storage::Reader::desk, receiver.name, clock_.now(), has_groups);
  if (desk.message) {
    auto& message = *desk.message;
    Try one;
    one.told.id = message.id;
    one.told.is_message = true;
    one.told.receiver = receiver.name;
    one.attempts = message.attempts;
    one.failing_since = message.failing_since;
    one.has_plain = !message.is_plain && !message.plain.empty();
    one.message.id = message.id;
    one.message.recipient = std::move(message.recipient);
    one.message.body = std::move(message.is_plain ? message.plain : message.body);
    if (!finishing_) co_await send(std::move(one), std::move(receiver));
    co_return;
  }
  auto plan = plan_message(desk, recipient_->settings.policy, clock_.now());
  if (!plan.deliveries.empty() || !plan.settled.empty()) {
    co_await write_down_messages(std::move(plan), std::move(desk));
    co_return;
  }
  // Much that waits for its time is not read again at every ring.
  if (desk.waiting.size() > few) co_await clock_.sleep_for(rest);
  auto again = plan.again.value_or(Instant::max());
  if (desk.next_message_at) again = std::min(again, *desk.next_message_at);
  co_await sleep_until(again);
}

Task<> DeliveryLoop::write_down_messages(MessagePlan plan, storage::Desk desk) {
  const auto recipient = recipient_;
  storage::NewMessages made;
  made.settled = std::move(plan.settled);
  if (!plan.deliveries.empty()) {
    LetterRequest request;
    request.at = clock_.now();
    request.id = new_uuid(request.at);
    request.receiver = recipient->settings.name;
    request.deliveries = plan.deliveries;
    request.is_summary = plan.is_summary;
    request.sources = recipient->sources;
    const auto watches = watches_of(plan.deliveries, desk);
    for (const auto& one : desk.snoozed) {
      if (!watches.contains(one.watch)) continue;
      ++request.snoozed[one.watch];
      made.settled.push_back(one.row);
    }
    const auto letter = co_await store_.read(&compose, std::move(request));
    if (letter.deliveries == 0) {
      // Tried again, they would fail again, and hold up all that comes after them.
      log::error("the stored events are damaged; nobody is told of them",
                 {{"receiver", recipient->settings.name}, {"message", letter.id}});
      made.damaged = plan.deliveries;
      plan.deliveries.clear();
    }
    auto written = plan.deliveries.empty() ? std::vector<Written>()
                                           : write(recipient->settings, letter, recipient->style);
    const bool is_of_one = letter.stories.size() == 1 && !letter.is_summary;
    for (auto& one : written)
      made.messages.push_back({.id = std::move(one.id),
                               .receiver = recipient->settings.name,
                               .recipient = std::move(one.recipient),
                               .article = is_of_one ? letter.stories.front().id : "",
                               .group_key = plan.group_key,
                               .at = letter.at,
                               .title = std::move(one.title),
                               .body = std::move(one.body),
                               .plain = std::move(one.plain),
                               .deliveries = plan.deliveries});
  }
  co_await store_.write_messages(std::move(made));
}

}  // namespace tinwatch::alerts
