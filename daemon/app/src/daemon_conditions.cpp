#include "alerts/alertmanager.hpp"
#include "app/daemon.hpp"
#include "config_warnings.hpp"
#include "core/uuid.hpp"
#include "crawl/daemon_event.hpp"
#include "telemetry/log.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

/// What lasts and what cannot be stored, told beside the outbox; and that the daemon lives. An
/// alert that Alertmanager is not sent for a while ends there.
namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;

constexpr Duration resent_every = 1min;
constexpr Duration store_told_every = 1h;
constexpr Duration looks_for_beats = 1s;
constexpr Duration looks_for_file = 30s;

/// A heartbeat that is asked is among the names until it has answered, or failed.
class Beating {
 public:
  Beating(std::set<std::string>& names, std::string name) : names_(names), name_(std::move(name)) {
    names_.insert(name_);
  }
  Beating(const Beating&) = delete;
  Beating& operator=(const Beating&) = delete;
  ~Beating() { names_.erase(name_); }

 private:
  std::set<std::string>& names_;
  std::string name_;
};

std::vector<alerts::Condition> conditions_now(const storage::Reader& reader) {
  std::vector<alerts::Condition> out;
  const auto add = [&](alerts::AlertName name, std::optional<Instant> since) {
    if (!since) return;
    name.severity = severity_of(name.type);
    out.push_back({.name = std::move(name), .since = *since});
  };
  for (const auto& source : reader.conditions()) {
    add({.type = EventType::source_silent, .source = source.source}, source.silent_since);
    add({.type = EventType::source_unreachable, .source = source.source}, source.unreachable_since);
    add({.type = EventType::source_drifted, .source = source.source}, source.drifted_since);
  }
  for (const auto& receiver : reader.failing_receivers())
    add({.type = EventType::receiver_failing, .receiver = receiver.name}, receiver.failing_since);
  return out;
}

}  // namespace

Task<> Daemon::resend_conditions() {
  for (;;) {
    co_await clock_.sleep_for(resent_every);
    auto receivers = config_.receivers;  // a reload puts others in their place
    std::erase_if(receivers, [](const auto& receiver) {
      return !std::holds_alternative<alerts::AlertmanagerSettings>(receiver.kind);
    });
    if (receivers.empty()) continue;
    const auto all = co_await store_.read(&conditions_now);
    // One that left the configuration fails nobody any more.
    const auto is_left_out = [this](const std::string& name) {
      return !name.empty() && std::none_of(config_.receivers.begin(), config_.receivers.end(),
                                           [&](const auto& one) { return one.name == name; });
    };
    for (const auto& receiver : receivers) {
      const auto loop = deliveries_.find(receiver.name);
      if (loop == deliveries_.end()) continue;
      auto wanted = all;
      std::erase_if(wanted, [&](const alerts::Condition& condition) {
        const auto told = crawler_.plan().routed(label(condition.name.type));
        return condition.name.receiver == receiver.name || is_left_out(condition.name.receiver) ||
               condition.name.severity < receiver.min_severity ||
               std::find(told.begin(), told.end(), receiver.name) == told.end();
      });
      if (!wanted.empty()) co_await resend(loop->second->recipient(), std::move(wanted));
    }
  }
}

Task<> Daemon::resend(const alerts::Recipient& to, std::vector<alerts::Condition> conditions) {
  const auto sink = to.sink;
  const auto name = to.settings.name;
  alerts::Message message;
  message.id = new_uuid(clock_.now());
  message.body = alerts::conditions_json(conditions, clock_.now(), to.style);
  const auto sent = co_await sink->deliver(std::move(message));
  // It is sent again in a minute, and what began was told through the outbox.
  if (!sent) log::debug("conditions not sent", {{"receiver", name}, {"why", sent.error().detail}});
}

Task<> Daemon::watch_store() {
  for (;;) {
    co_await store_bell_.sleep(store_told_every);
    if (store_trouble_.empty()) continue;
    auto why = std::exchange(store_trouble_, {});
    co_await tell_of_store(std::move(why));
    co_await clock_.sleep_for(store_told_every);
    store_trouble_.clear();
  }
}

Task<> Daemon::watch_file() {
  for (;;) {
    co_await clock_.sleep_for(looks_for_file);
    const bool is_lost = co_await store_.read(&storage::Reader::has_lost_its_file);
    if (!is_lost) continue;
    metrics_.store_failed();
    store_trouble_ = lost_file(config_);
    store_bell_.ring();
  }
}

Task<> Daemon::tell_of_store(std::string why) {
  log::error("the database cannot be written", {{"why", why}});
  auto event = crawl::daemon_event(crawler_.plan(), EventType::store_full, {{"reason", why}}, "",
                                   clock_.now());
  alerts::Sample sample;
  Event told;
  told.id = event.id;
  told.type = label(event.type);
  told.at = event.at;
  told.data = event.data;
  const auto receivers = config_.receivers;  // a reload puts others in their place
  for (const auto& delivery : event.deliveries) {
    alerts::LetterRequest request;
    request.id = delivery.id;
    request.at = event.at;
    sample = alerts::compose_own(told, request);
    for (const auto& receiver : receivers) {
      if (receiver.name != delivery.receiver) continue;
      const auto reply = co_await send_sample(receiver, sample);
      if (reply.status >= 400)
        log::warning("a receiver was not told that the database cannot be written",
                     {{"receiver", receiver.name}});
    }
  }
}

Task<> Daemon::beat() {
  std::map<std::string, Duration> due;  // by receiver, on the steady clock
  for (;;) {
    co_await clock_.sleep_for(looks_for_beats);
    auto receivers = config_.receivers;  // a reload puts others in their place
    std::erase_if(receivers, [&](const auto& receiver) {
      return !std::holds_alternative<alerts::HeartbeatSettings>(receiver.kind) ||
             due[receiver.name] > clock_.steady();
    });
    if (receivers.empty()) continue;
    co_await store_.ping();  // a daemon whose writer hangs has no pulse
    for (const auto& receiver : receivers) {
      due[receiver.name] =
          clock_.steady() + std::get<alerts::HeartbeatSettings>(receiver.kind).every;
      if (beating_.contains(receiver.name)) continue;  // the last one has no answer yet
      auto one = beat(receiver);
      co_await beats_.spawn(std::move(one));
    }
  }
}

Task<> Daemon::beat(alerts::ReceiverSettings receiver) {
  const auto sink =
      alerts::make_sink(receiver, {.fetcher = http_, .mailer = mailer_, .clock = clock_});
  alerts::Message message;
  message.id = new_uuid(clock_.now());
  message.body = "{}";
  const Beating beating(beating_, receiver.name);
  const auto result = co_await sink->deliver(std::move(message));
  metrics_.delivered(receiver.name, result ? DeliveryOutcome::delivered : DeliveryOutcome::retried);
  if (!result)
    log::warning("a heartbeat was not taken",
                 {{"receiver", receiver.name}, {"why", result.error().detail}});
}

}  // namespace tinwatch::app
