#include "alerts/delivery.hpp"

#include "alerts/compose.hpp"
#include "core/back_off.hpp"
#include "core/uuid.hpp"
#include "telemetry/log.hpp"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

constexpr Duration longest_sleep = 60s;
constexpr Duration minute = 1min;
constexpr std::size_t few = 100;
constexpr Duration rest = 1s;
/// What a receiver's loop looks at, read at once.
struct Look {
  storage::ReceiverState receiver;
  std::optional<Instant> paused_until;
  std::optional<storage::DeliveryItem> item;  ///< of a program
  std::optional<Instant> later;  ///< without an item: when the first of those that wait is due
  storage::Desk desk;            ///< of people
};

Look look_at(const storage::Reader& reader, std::string name, Instant now, bool is_program,
             bool has_groups) {
  Look out{.receiver = reader.receiver(name)};
  const auto& paused = out.receiver.paused_until;
  // What lies further ahead was written by a clock that was wrong.
  if (paused && *paused > now && *paused <= now + longest_back_off) out.paused_until = paused;
  if (out.receiver.disabled || out.paused_until) return out;
  if (!is_program) {
    out.desk = reader.desk(name, now, has_groups);
    return out;
  }
  out.item = reader.next_delivery(name, now);
  if (!out.item) out.later = reader.next_delivery_at(name, now);
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

LetterRequest request_for(const PlannedMessage& planned, const Recipient& recipient, Instant now) {
  LetterRequest out;
  out.at = now;
  out.id = new_uuid(now);
  out.receiver = recipient.settings.name;
  out.deliveries = planned.deliveries;
  out.is_summary = planned.is_summary;
  out.sources = recipient.sources;
  return out;
}

/// The next message of a watch says how many hits its snooze kept back; they are settled by it.
void count_snoozed(storage::Desk& desk, LetterRequest& request,
                   std::vector<std::int64_t>& settled) {
  const auto watches = watches_of(request.deliveries, desk);
  std::erase_if(desk.snoozed, [&](const auto& one) {
    if (!watches.contains(one.watch)) return false;
    ++request.snoozed[one.watch];
    settled.push_back(one.row);
    return true;
  });
}

void add_messages(const Letter& letter, const Recipient& recipient, PlannedMessage planned,
                  storage::NewMessages& made) {
  const bool is_of_one = letter.stories.size() == 1 && !letter.is_summary;
  for (auto& one : write(recipient.settings, letter, recipient.style))
    made.messages.push_back({.id = std::move(one.id),
                             .receiver = recipient.settings.name,
                             .recipient = std::move(one.recipient),
                             .article = is_of_one ? letter.stories.front().id : "",
                             .group_key = planned.group_key,
                             .at = letter.at,
                             .title = std::move(one.title),
                             .body = std::move(one.body),
                             .plain = std::move(one.plain),
                             .deliveries = planned.deliveries});
}

/// For the log: joins what happened with what its receivers are sent.
std::vector<log::Field> fields_of(const storage::NewMessage& message, const Letter& letter) {
  std::vector<log::Field> out{{"receiver", message.receiver}, {"message", message.id}};
  if (!message.article.empty()) out.emplace_back(log::FieldName("article"), message.article);
  if (!message.article.empty() && letter.stories.front().to > 0)
    out.emplace_back(log::FieldName("revision"), letter.stories.front().to);
  out.emplace_back(log::FieldName("deliveries"), message.deliveries.size());
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
  const auto& settings = recipient_->settings;
  const bool is_for_program = is_program(settings.kind);
  const bool has_groups = settings.policy.group_interval > Duration{0};
  auto look =
      co_await store_.read(look_at, settings.name, clock_.now(), is_for_program, has_groups);
  if (look.receiver.disabled) {
    co_await sleep_until(Instant::max());
  } else if (look.paused_until) {
    co_await sleep_until(*look.paused_until);
  } else if (!is_for_program) {
    co_await look_as_people(std::move(look.receiver), std::move(look.desk));
  } else if (look.item) {
    co_await look_as_program(std::move(look.receiver), std::move(*look.item));
  } else {
    co_await sleep_until(look.later.value_or(Instant::max()));
  }
}

Task<> DeliveryLoop::look_as_program(storage::ReceiverState receiver, storage::DeliveryItem item) {
  const auto now = clock_.now();
  const auto pace = static_cast<std::size_t>(std::max(recipient_->settings.policy.pace, 0));
  std::erase_if(sent_at_, [&](Instant at) { return at <= now - minute || at > now; });
  if (pace > 0 && sent_at_.size() >= pace) {
    co_await sleep_until(sent_at_.front() + minute);
    co_return;
  }
  sent_at_.push_back(now);
  Try one;
  one.told.id = item.id;
  one.told.receiver = receiver.name;
  one.attempts = item.attempts;
  one.failing_since = item.failing_since;
  one.message.id = item.id;
  one.event = item.event.id;
  one.article = item.event.article;
  std::string damage;
  try {
    one.message.body = write(recipient_->settings, item.event, recipient_->style, now);
  } catch (const std::exception& e) {
    damage = e.what();
  }
  if (damage.empty()) {
    if (!finishing_) co_await send(std::move(one), std::move(receiver));
    co_return;
  }
  // Tried again, it would fail again, and hold up all that comes after it. The receiver is well.
  storage::TryEnd how = storage::Dead{"the stored event is damaged: " + damage, false};
  co_await store_.end_try(one.told, std::move(how));
  metrics_.delivered(receiver.name, DeliveryOutcome::dead);
  log::error("a stored event is damaged; nobody is told of it", {{"receiver", receiver.name},
                                                                 {"delivery", one.told.id},
                                                                 {"event", one.event},
                                                                 {"why", damage}});
}

Task<> DeliveryLoop::look_as_people(storage::ReceiverState receiver, storage::Desk desk) {
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
  if (!plan.messages.empty() || !plan.settled.empty()) {
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
  std::vector<std::vector<log::Field>> lines;
  for (auto& planned : plan.messages) {
    auto request = request_for(planned, *recipient, clock_.now());
    if (!planned.is_summary) count_snoozed(desk, request, made.settled);  // which names no watch
    const auto letter = co_await store_.read(&compose, std::move(request));
    for (const auto row : letter.damaged) {
      // Tried again, it would fail again, and hold up all that comes after it.
      log::error("a stored event is damaged; nobody is told of it",
                 {{"receiver", recipient->settings.name}, {"delivery_row", row}});
      made.damaged.push_back(row);
      std::erase(planned.deliveries, row);
    }
    if (letter.deliveries == 0) continue;
    const auto known = made.messages.size();
    add_messages(letter, *recipient, std::move(planned), made);
    for (auto i = known; i < made.messages.size(); ++i)
      lines.push_back(fields_of(made.messages[i], letter));
  }
  co_await store_.write_messages(std::move(made));
  for (const auto& line : lines) log::write(log::Level::info, "message written", line);
}

}  // namespace tinwatch::alerts
