#include "answers.hpp"
#include "commands.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

std::string line_of(const json::object& delivery) {
  const auto subject =
      delivery.contains("headline") ? text_at(delivery, "headline") : text_at(delivery, "source");
  auto out = text_at(delivery, "id") + "  " + padded(text_at(delivery, "state"), 10) + "  " +
             padded(text_at(delivery, "receiver"), 14) + "  tries " +
             text_at(delivery, "attempts") + "  " +
             text_at(delivery.at("event").as_object(), "type") + "  " + subject;
  if (const auto why = text_at(delivery, "lastError"); !why.empty()) out += "  (" + why + ')';
  return out;
}

/// Asks the daemon to change the outbox, and says how much of it was changed.
Exit change(const std::string& config, std::map<std::string, std::string> what) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "outbox"});
    request.query = std::move(what);
    print(text_at(body_of(store.post(std::move(request))).as_object(), "changed") + " changed");
    return Exit::done;
  });
}

}  // namespace

Exit list_alerts(const std::string& config, const AlertsOptions& options) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "deliveries"});
    put(request, "state", options.state);
    put(request, "receiver", options.receiver);
    const auto items = items_of(store, std::move(request), options.limit);
    if (options.format == "json")
      print_json(items);
    else
      for (const auto& item : items) print(line_of(item.as_object()));
    return Exit::done;
  });
}

Exit show_alert(const std::string& config, const std::string& id) {
  return refusable([&] {
    const StoreAccess store(config);
    print_json(body_of(store.get(request_for({"api", "v1", "deliveries", id}))));
    return Exit::done;
  });
}

Exit retry_alerts(const std::string& config, const std::string& id, bool dead,
                  const std::string& receiver) {
  const bool is_all_that_waits = id.empty() && !dead;
  if ((!id.empty() && dead) || (is_all_that_waits && receiver.empty())) {
    complain("alerts retry: say which, by its ID, with --receiver or with --dead");
    return Exit::usage;
  }
  return change(
      config,
      {{"action", is_all_that_waits ? "hurry" : "retry"}, {"id", id}, {"receiver", receiver}});
}

Exit move_alerts(const std::string& config, const std::string& from, const std::string& to) {
  return change(config, {{"action", "move"}, {"receiver", from}, {"to", to}});
}

Exit drop_alerts(const std::string& config, const std::string& receiver) {
  return change(config, {{"action", "drop"}, {"receiver", receiver}});
}

Exit list_receivers(const std::string& config_file) {
  return refusable([&] {
    const StoreAccess store(config_file);
    const auto body = body_of(store.get("/api/v1/status"));
    for (const auto& receiver : store.config().receivers) {
      std::string state = "0 pending, 0 dead";
      for (const auto& item : body.at("outbox").as_array()) {
        const auto& outbox = item.as_object();
        if (text_at(outbox, "receiver") != receiver.name) continue;
        state = text_at(outbox, "pending") + " pending, " + text_at(outbox, "dead") + " dead" +
                (outbox.at("disabled").as_bool() ? ", disabled" : "");
      }
      print(padded(receiver.name, 16) + "  " +
            padded(std::string(alerts::kind_name(receiver.kind)), 12) + "  " + state);
    }
    return Exit::done;
  });
}

Exit test_receiver(const std::string& config, const std::string& name, const std::string& event) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "receivers", "test"});
    put(request, "receiver", name);
    put(request, "event", event);
    const auto answer = body_of(store.post(std::move(request)));
    for (const auto& id : answer.at("sent").as_array())
      print(name + " took message " + std::string(id.as_string()));
    return Exit::done;
  });
}

}  // namespace tinwatch::cli
