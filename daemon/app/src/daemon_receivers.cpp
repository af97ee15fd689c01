#include "alerts/compose.hpp"
#include "app/daemon.hpp"
#include "app/plan_from_config.hpp"
#include "async/persist.hpp"
#include "core/text.hpp"
#include "core/uuid.hpp"
#include "crawl/daemon_event.hpp"
#include "log_failure.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

/// Who is told: a loop for each receiver of the configuration.
namespace tinwatch::app {

namespace json = boost::json;

Task<> Daemon::follow_receivers() {
  std::set<std::string> named;
  for (const auto& receiver : config_.receivers) named.insert(receiver.name);
  std::erase_if(deliveries_, [](const auto& one) { return one.second->has_ended(); });
  for (const auto& [name, loop] : deliveries_)
    if (!named.contains(name)) loop->finish();
  for (const auto& receiver : config_.receivers) {
    auto* const loop = take_up(receiver);
    if (!loop) continue;
    auto delivering = persist([loop] { return loop->run(); }, clock_, log_failure);
    co_await delivery_loops_.spawn(std::move(delivering));
  }
}

std::shared_ptr<const alerts::Recipient> Daemon::recipient(
    const alerts::ReceiverSettings& receiver, std::shared_ptr<alerts::AlertSink> sink) const {
  alerts::Recipient out{.settings = receiver,
                        .style = {.language = receiver.language,
                                  .zone = zone_of(config_),
                                  .external_url = config_.http.external_url},
                        .sink = std::move(sink)};
  for (const auto& source : config_.sources) out.sources.emplace(source.name, source.title);
  return std::make_shared<const alerts::Recipient>(std::move(out));
}

alerts::DeliveryLoop* Daemon::take_up(const alerts::ReceiverSettings& receiver) {
  const auto make_sink = [&] {
    return alerts::make_sink(receiver, {.fetcher = http_, .mailer = mailer_, .clock = clock_});
  };
  const auto known = deliveries_.find(receiver.name);
  if (known != deliveries_.end() && !known->second->has_ended()) {
    auto& loop = *known->second;
    const auto& now = loop.recipient();
    const bool is_same = now.settings.fingerprint == receiver.fingerprint;
    loop.use(recipient(receiver, is_same ? now.sink : make_sink()));
    loop.go_on();
    return nullptr;
  }
  auto loop = std::make_unique<alerts::DeliveryLoop>(
      io_.get_executor(), clock_, store_, metrics_, recipient(receiver, make_sink()),
      [this](EventType type, std::string name, std::string why) {
        return note_receiver(type, std::move(name), std::move(why));
      });
  auto* const made = loop.get();
  deliveries_.insert_or_assign(receiver.name, std::move(loop));
  return made;
}

Task<> Daemon::note_receiver(EventType type, std::string receiver, std::string why) {
  auto event = crawl::daemon_event(crawler_.plan(), type, {{"receiver", receiver}, {"reason", why}},
                                   receiver, clock_.now());
  co_await store_.note_event(std::move(event));
  for (const auto& [name, loop] : deliveries_) loop->ring();
}

Task<api::Reply> Daemon::change_outbox(api::Request request) {
  using Kind = storage::OutboxChange::Kind;
  static const std::map<std::string, Kind> actions{
      {"retry", Kind::retry}, {"hurry", Kind::hurry}, {"drop", Kind::drop}, {"move", Kind::move}};
  storage::OutboxChange change{.id = request.parameter("id"),
                               .receiver = request.parameter("receiver"),
                               .to = request.parameter("to")};
  const auto action = actions.find(request.parameter("action"));
  const bool is_known =
      std::any_of(config_.receivers.begin(), config_.receivers.end(), [&](const auto& one) {
        using alerts::HeartbeatSettings;
        return one.name == change.to && !std::holds_alternative<HeartbeatSettings>(one.kind);
      });
  std::string fault;
  if (action == actions.end())
    fault = "action must be retry, hurry, drop or move";
  else if (action->second == Kind::move && !is_known)
    fault = "there is no receiver '" + change.to + "' in the configuration";
  else if (action->second == Kind::hurry && change.receiver.empty())
    fault = "say which: a receiver";
  else if (action->second != Kind::retry && change.id.empty() && change.receiver.empty())
    fault = "say which: an id or a receiver";
  api::Reply reply;
  if (fault.empty()) {
    change.kind = action->second;
    const auto changed = co_await store_.change_outbox(std::move(change), clock_.now());
    for (const auto& [name, loop] : deliveries_) loop->ring();
    reply.body = json::serialize(json::object{{"changed", changed}}) + '\n';
    if (changed == 0) reply = api::problem(404, "Not Found", "nothing of that waits or is dead");
  } else {
    reply = api::problem(400, "Bad Request", fault);
  }
  co_return reply;
}

Task<api::Reply> Daemon::test_receiver(api::Request request) {
  const auto name = request.parameter("receiver");
  const auto event_id = request.parameter("event");
  const auto found = std::find_if(config_.receivers.begin(), config_.receivers.end(),
                                  [&](const auto& one) { return one.name == name; });
  api::Reply reply;
  alerts::ReceiverSettings receiver;  // a reload may put others in their place
  if (found != config_.receivers.end()) receiver = *found;
  if (found == config_.receivers.end()) {
    reply =
        api::problem(404, "Not Found", "there is no receiver '" + name + "' in the configuration");
  } else {
    alerts::LetterRequest asked;
    asked.at = clock_.now();
    asked.id = new_uuid(asked.at);
    for (const auto& source : config_.sources) asked.sources.emplace(source.name, source.title);
    const auto id = asked.id;
    const auto sample = co_await store_.ask(&alerts::compose_sample, event_id, std::move(asked));
    if (!sample)
      reply = api::problem(404, "Not Found", "there is no event '" + event_id + "'");
    else
      reply = co_await send_sample(std::move(receiver), *sample);
  }
  co_return reply;
}

Task<api::Reply> Daemon::send_sample(alerts::ReceiverSettings receiver, alerts::Sample sample) {
  const auto to = recipient(
      receiver,
      alerts::make_sink(receiver, {.fetcher = http_, .mailer = mailer_, .clock = clock_}));
  std::vector<alerts::Message> messages;
  if (alerts::is_program(receiver.kind)) {
    auto& message = messages.emplace_back();
    message.id = sample.letter.id;
    message.body = alerts::write(receiver, sample.event, to->style, clock_.now());
  } else {
    for (auto& written : alerts::write(receiver, sample.letter, to->style)) {
      auto& message = messages.emplace_back();
      message.id = std::move(written.id);
      message.recipient = std::move(written.recipient);
      message.body = std::move(written.body);
    }
  }
  json::array sent;
  for (auto& message : messages) {
    const auto id = message.id;
    const auto result = co_await to->sink->deliver(std::move(message));
    if (!result) {
      const auto& detail = result.error().detail;
      co_return api::problem(502, "Bad Gateway", receiver.name + " did not take it: " + detail);
    }
    sent.push_back(json::string(id));
  }
  api::Reply reply;
  reply.body = json::serialize(json::object{{"sent", std::move(sent)}}) + '\n';
  co_return reply;
}

}  // namespace tinwatch::app
