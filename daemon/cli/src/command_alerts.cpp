#include "answers.hpp"
#include "commands.hpp"
#include "list_output.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

std::string subject_of(const json::object& delivery) {
  return delivery.contains("headline") ? text_at(delivery, "headline")
                                       : text_at(delivery, "source");
}

std::string type_of(const json::object& delivery) {
  return text_at(delivery.at("event").as_object(), "type");
}

/// What it is about, and in a table why it is not delivered.
std::string subject_and_why(const json::object& delivery) {
  const auto why = text_at(delivery, "lastError");
  return subject_of(delivery) + (why.empty() ? "" : "  (" + why + ')');
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
    if (options.format == "csv")
      print_list(options.format,
                 {member("id"),
                  member("createdAt"),
                  member("state"),
                  member("receiver"),
                  member("attempts"),
                  {"event", 0, type_of},
                  {"headline", 0, subject_of},
                  member("watch"),
                  member("lastError")},
                 items);
    else
      print_list(
          options.format,
          {{"createdAt", 0,
            [](const json::object& one) { return to_the_second(text_at(one, "createdAt")); }},
           member("id"),
           member("state", 10),
           member("receiver", 14),
           {"attempts", 0,
            [](const json::object& one) { return "tries " + text_at(one, "attempts"); }},
           {"event", 0, type_of},
           {"headline", 0, subject_and_why}},
          items);
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

Exit list_receivers(const std::string& config_file, const std::string& format) {
  return refusable([&] {
    const StoreAccess store(config_file);
    const auto body = body_of(store.get("/api/v1/status"));
    json::array items;
    for (const auto& receiver : store.config().receivers) {
      json::object row{{"name", receiver.name},
                       {"kind", alerts::kind_name(receiver.kind)},
                       {"pending", 0},
                       {"dead", 0},
                       {"disabled", false}};
      for (const auto& item : body.at("outbox").as_array()) {
        const auto& outbox = item.as_object();
        if (text_at(outbox, "receiver") != receiver.name) continue;
        for (const auto* name : {"pending", "dead", "disabled"}) row[name] = outbox.at(name);
      }
      items.push_back(std::move(row));
    }
    const Column state{.name = "state", .cell = [](const json::object& row) {
                         return text_at(row, "pending") + " pending, " + text_at(row, "dead") +
                                " dead" + (row.at("disabled").as_bool() ? ", disabled" : "");
                       }};
    if (format == "csv")
      print_list(
          format,
          {member("name"), member("kind"), member("pending"), member("dead"), member("disabled")},
          items);
    else
      print_list(format, {member("name", 16), member("kind", 12), state}, items);
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
