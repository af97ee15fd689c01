#include "alerts/delivery.hpp"
#include "core/back_off.hpp"
#include "core/time.hpp"
#include "telemetry/log.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <random>
#include <utility>
#include <vector>

/// What becomes of a try, and of its receiver.
namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

constexpr Duration first_retry = 5s;
/// Standard Webhooks retries over days; what failed for five is dead.
constexpr Duration give_up_after = 5 * 24h;

/// What failed three times may be at fault itself: others get through sooner than it.
constexpr int failures_of_its_own = 3;
constexpr Duration longest_pause_for_one = 5min;
/// Of so many different ones that are refused in a row, it is not the messages that are wrong.
constexpr std::size_t refused_by_mistake = 3;
/// Others are told of a receiver that takes nothing for so long.
constexpr Duration failing_after = 10min;

/// A fifth more or less, told by what is tried: those that failed together do not come back
/// together.
Duration with_jitter(Duration wait, const std::string& id, int attempts) {
  std::minstd_rand random(static_cast<unsigned>(std::hash<std::string>{}(id)) +
                          static_cast<unsigned>(attempts));
  std::uniform_real_distribution<double> spread(0.8, 1.2);
  return Duration(static_cast<std::int64_t>(static_cast<double>(wait.count()) * spread(random)));
}

}  // namespace

Task<> DeliveryLoop::send(Try one, storage::ReceiverState receiver) {
  const auto sink = recipient_->sink;  // stays until it has answered
  auto message = one.message;
  auto result = co_await sink->deliver(std::move(message));
  Answered answered;
  answered.one = std::move(one);
  answered.by = sink;
  if (!result) answered.error = std::move(result.error());
  answered.at = clock_.now();
  answered.receiver = std::move(receiver);
  answered_ = std::move(answered);
  co_await write_down();
}

Task<> DeliveryLoop::write_down() {
  const bool is_of_before = answered_->error && answered_->by != recipient_->sink;
  if (!is_of_before) {
    if (answered_->error)
      co_await note_failure(*answered_);
    else
      co_await note_taken(*answered_);
  }
  answered_.reset();
}

void DeliveryLoop::log_try(log::Level level, std::string_view sentence, const Answered& answered,
                           const std::string& again_in) {
  if (!log::is_on(level)) return;
  const auto& one = answered.one;
  std::vector<log::Field> fields;
  const auto add = [&](log::FieldName name, const std::string& value) {
    if (!value.empty()) fields.emplace_back(name, value);
  };
  add("receiver", answered.receiver.name);
  if (one.told.is_message)
    add("message", one.told.id);
  else
    add("delivery", one.told.id);
  add("event", one.event);
  add("article", one.article);
  fields.emplace_back(log::FieldName("tries"), one.attempts + 1);
  if (answered.error) add("why", answered.error->detail);
  add("again_in", again_in);
  log::write(level, sentence, fields);
}

Task<> DeliveryLoop::note_taken(const Answered& answered) {
  storage::TryEnd how = storage::Delivered{answered.at};
  co_await store_.end_try(answered.one.told, std::move(how));
  refused_.clear();
  const auto& name = answered.receiver.name;
  metrics_.delivered(name, DeliveryOutcome::delivered);
  log_try(log::Level::debug, "delivered", answered);
  if (answered.receiver.is_failing)
    co_await told_(EventType::receiver_recovered, name, "it takes messages again");
}

Task<> DeliveryLoop::note_failure(const Answered& answered) {
  const auto& one = answered.one;
  const auto& error = *answered.error;
  const auto& name = answered.receiver.name;
  if (error.kind == Failure::gone) {
    co_await store_.disable_receiver(name);
    metrics_.delivered(name, DeliveryOutcome::disabled);
    log_try(log::Level::error, "receiver disabled: it answered 410 Gone; a reload enables it again",
            answered);
    co_await told_(EventType::receiver_disabled, name, error.detail);
    co_return;
  }
  if (error.kind == Failure::refused && one.has_plain) {
    storage::TryEnd how = storage::TryPlain{error.detail};
    co_await store_.end_try(one.told, std::move(how));
    metrics_.delivered(name, DeliveryOutcome::retried);
    log_try(log::Level::warning, "message refused; it is sent once more without markup", answered);
    co_return;
  }
  if (error.kind == Failure::refused) refused_.insert(one.told.id);
  const bool by_mistake = refused_.size() >= refused_by_mistake;
  // What waits for somebody to mend its receiver waits on: it is given up only if the receiver took
  // others meanwhile.
  const auto& took_at = answered.receiver.took_at;
  const bool exhausted = error.kind == Failure::retry && one.failing_since && took_at &&
                         *took_at > *one.failing_since &&
                         answered.at - *one.failing_since > give_up_after;
  if ((error.kind == Failure::refused && !by_mistake) || exhausted) {
    storage::TryEnd how = storage::Dead{error.detail, !exhausted};
    co_await store_.end_try(one.told, std::move(how));
    metrics_.delivered(name, DeliveryOutcome::dead);
    log_try(log::Level::error, "delivery given up", answered);
    co_return;
  }
  const bool is_wrong = error.kind != Failure::retry;
  const auto wait_after = [&](int failed) {
    if (error.retry_after) return back_off(failed, error.retry_after);
    const auto wait = std::min(back_off(failed, std::nullopt, first_retry), longest_pause);
    return is_wrong ? longest_pause : with_jitter(wait, one.told.id, failed);
  };
  auto pause = wait_after(answered.receiver.failures + 1);
  const auto wait = std::max(pause, wait_after(one.attempts + 1));
  // Whether it is the receiver that fails, or this one, is seen by the next.
  if (!is_wrong && one.attempts + 1 >= failures_of_its_own && !error.retry_after)
    pause = std::min(pause, longest_pause_for_one);
  const auto since = answered.receiver.failing_since.value_or(answered.at);
  const bool is_told =
      !answered.receiver.is_failing && (is_wrong || answered.at - since >= failing_after);
  storage::TryEnd how = storage::TryLater{error.detail, answered.at + wait, answered.at + pause,
                                          answered.at, is_told};
  co_await store_.end_try(one.told, std::move(how));
  metrics_.delivered(name, DeliveryOutcome::retried);
  log_try(log::Level::warning, "delivery failed", answered, to_text(wait));
  if (is_told) co_await told_(EventType::receiver_failing, name, error.detail);
}

}  // namespace tinwatch::alerts
