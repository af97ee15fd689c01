#include "answers.hpp"
#include "commands.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

namespace tinwatch::cli {

namespace json = boost::json;

Exit list_sources(const std::string& config) {
  return refusable([&] {
    const StoreAccess store(config);
    const auto body = body_of(store.get("/api/v1/sources"));
    for (const auto& item : body.at("items").as_array()) {
      const auto& source = item.as_object();
      const auto last = text_at(source, "lastSuccessAt");
      print(padded(text_at(source, "name"), 16) + "  " +
            (source.at("active").as_bool() ? "watched" : "paused ") + "  " +
            padded(text_at(source, "articles"), 7) + " articles  last read " +
            (last.empty() ? "never" : last) + "  " + text_at(source, "title"));
    }
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
    const auto body = body_of(store.get("/api/v1/status"));
    if (format == "json") {
      print_json(body);
      return Exit::done;
    }
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
    return Exit::done;
  });
}

}  // namespace tinwatch::cli
