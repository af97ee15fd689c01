#include "answers.hpp"
#include "commands.hpp"
#include "core/text.hpp"
#include "list_output.hpp"
#include "status_text.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

namespace tinwatch::cli {

namespace json = boost::json;

Exit list_sources(const std::string& config, const std::string& format,
                  const std::string& condition) {
  return refusable([&] {
    const StoreAccess store(config);
    auto items = body_of(store.get("/api/v1/sources")).at("items").as_array();
    if (!condition.empty()) {
      json::array kept;
      for (auto& item : items)
        if (is_in(item.as_object(), condition)) kept.push_back(std::move(item));
      items = std::move(kept);
    }
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

/// What keeps the daemon from its work, as /-/ready lists it.
std::vector<std::string> problems_of(const StoreAccess& store) {
  std::vector<std::string> out;
  const auto reply = store.get("/-/ready");
  for (const auto line : split(reply.body, '\n'))
    if (reply.status != 200 && line.starts_with("- ")) out.emplace_back(line.substr(2));
  return out;
}

}  // namespace

Exit show_status(const std::string& config, const std::string& format) {
  return refusable([&] {
    const StoreAccess store(config);
    const bool is_running = store.has_daemon();
    const auto exit = is_running ? Exit::done : Exit::no;
    const auto problems = is_running ? problems_of(store) : std::vector<std::string>();
    auto body = body_of(store.get("/api/v1/status"));
    if (format == "json") {
      body.as_object()["running"] = is_running;
      body.as_object()["problems"] = json::value_from(problems);
      print_json(body);
      return exit;
    }
    for (const auto& line : status_text(body.as_object(), is_running, problems)) print(line);
    return exit;
  });
}

}  // namespace tinwatch::cli
