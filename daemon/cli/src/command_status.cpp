#include "answers.hpp"
#include "commands.hpp"
#include "list_output.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

namespace tinwatch::cli {

namespace json = boost::json;

Exit list_sources(const std::string& config, const std::string& format) {
  return refusable([&] {
    const StoreAccess store(config);
    const auto items = body_of(store.get("/api/v1/sources")).at("items").as_array();
    if (format == "csv") {
      print_list(format,
                 {member("name"), member("title"), member("active"), member("articles"),
                  member("lastSuccessAt"), member("lastNewArticleAt"), member("silentSince"),
                  member("unreachableSince"), member("driftedSince")},
                 items);
      return Exit::done;
    }
    const Column watched{.name = "active", .width = 7, .cell = [](const json::object& source) {
                           return std::string(source.at("active").as_bool() ? "watched" : "paused");
                         }};
    const Column articles{.name = "articles", .width = 16, .cell = [](const json::object& source) {
                            return padded(text_at(source, "articles"), 7) + " articles";
                          }};
    const Column last{.name = "lastSuccessAt", .cell = [](const json::object& source) {
                        const auto at = text_at(source, "lastSuccessAt");
                        return "last read " + (at.empty() ? "never" : to_the_second(at));
                      }};
    print_list(format, {member("name", 16), watched, articles, last, member("title")}, items);
    return Exit::done;
  });
}

namespace {

/// Why a source is silent; empty for other troubles.
std::string in_brackets(const json::object& source, const std::string& trouble) {
  if (trouble != "silent") return {};
  const auto reason = text_at(source, "silentReason");
  return reason.empty() ? reason : " (" + reason + ')';
}

}  // namespace

Exit show_status(const std::string& config, const std::string& format) {
  return refusable([&] {
    const StoreAccess store(config);
    const bool is_running = store.has_daemon();
    const auto exit = is_running ? Exit::done : Exit::no;
    auto body = body_of(store.get("/api/v1/status"));
    if (format == "json") {
      body.as_object()["running"] = is_running;
      print_json(body);
      return exit;
    }
    print(is_running ? "daemon    running"
                     : "daemon    NOT RUNNING: this is what its database says");
    for (const auto& item : body.at("sources").as_array()) {
      const auto& source = item.as_object();
      std::string line =
          "source    " + padded(text_at(source, "name"), 16) + text_at(source, "articles") +
          " articles, last read " +
          (source.contains("lastSuccessAt") ? text_at(source, "lastSuccessAt") : "never");
      for (const auto* trouble : {"silent", "unreachable", "drifted"})
        if (const auto since = text_at(source, (std::string(trouble) + "Since").c_str());
            !since.empty())
          line += ", " + std::string(trouble) + " since " + since + in_brackets(source, trouble);
      print(line);
    }
    const auto& frontier = body.at("frontier").as_object();
    print("frontier  " + text_at(frontier, "due") + " due, " + text_at(frontier, "waiting") +
          " waiting, " + text_at(frontier, "blocked") + " blocked, " +
          text_at(frontier, "retired") + " retired");
    for (const auto& item : body.at("blockedHosts").as_array()) {
      const auto& host = item.as_object();
      print("host      " + padded(text_at(host, "name"), 16) + left_alone(host));
    }
    for (const auto& item : body.at("outbox").as_array()) {
      const auto& outbox = item.as_object();
      print("outbox    " + padded(text_at(outbox, "receiver"), 16) + text_at(outbox, "pending") +
            " pending, " + text_at(outbox, "dead") + " dead" +
            (outbox.at("disabled").as_bool() ? ", disabled" : ""));
    }
    const auto& file = body.at("store").as_object();
    print("store     " + text_at(file, "sizeBytes") + " bytes, " + text_at(file, "freeBytes") +
          " bytes free");
    return exit;
  });
}

}  // namespace tinwatch::cli
