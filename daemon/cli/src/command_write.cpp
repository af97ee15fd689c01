#include "answers.hpp"
#include "app/run.hpp"
#include "commands.hpp"
#include "core/text.hpp"
#include "store_access.hpp"
#include "telemetry/log.hpp"

#include <boost/json.hpp>
#include <curl/curl.h>

#include <set>
#include <utility>

namespace tinwatch::cli {

Exit run_daemon(const std::string& path, const std::string& log_level) {
  auto config = config::load(path);
  if (!config) {
    for (const auto& fault : config.error()) complain(fault);
    return Exit::usage;
  }
  const auto level = log::level_from(log_level);
  log::set_up({config->log.format, level.value_or(config->log.level)}, level.has_value());
  curl_global_init(CURL_GLOBAL_DEFAULT);
  const int status = app::run(std::move(*config));
  curl_global_cleanup();
  return status == 0 ? Exit::done : Exit::failed;
}

Exit check_config(const std::string& path) {
  const auto config = config::load(path);
  if (config) {
    for (const auto& warning : config->warnings) remark(warning);
    std::vector<std::string> faults;
    std::set<std::string> checked;
    for (const auto& source : config->sources)
      if (checked.insert(source.site->profile().name).second)
        for (auto& fault : config::check_fixtures(source.site, path))
          faults.push_back(std::move(fault));
    for (const auto& fault : faults) print(fault);
    if (!faults.empty()) return Exit::usage;
    remark_busy_watches(*config);
    remark_contradicted_verdicts(*config);
    print(path + " is valid: " + std::to_string(config->sources.size()) + " sources, " +
          std::to_string(config->watches.size()) + " watches, " +
          std::to_string(config->receivers.size()) + " receivers");
    return Exit::done;
  }
  for (const auto& fault : config.error()) print(fault);
  return Exit::usage;
}

Exit reload_daemon(const std::string& config) {
  const StoreAccess store(config);
  const auto reply = store.post(request_for({"-", "reload"}));
  if (reply.status < 400) return Exit::done;
  const auto detail = detail_of(reply);
  for (const auto fault : split(trim(detail), '\n')) complain(fault);
  // 503: the file is not to blame.
  return reply.status == 503 ? Exit::failed : Exit::usage;
}

Exit recheck(const std::string& config, const std::string& target, bool now) {
  const StoreAccess store(config);
  auto request = request_for({"api", "v1", "recheck"});
  request.query["target"] = target;
  if (now) request.query["now"] = "1";
  const auto reply = store.post(std::move(request));
  if (reply.status < 400) {
    const auto answer = boost::json::parse(reply.body).as_object();
    print(std::to_string(answer.at("due").to_number<int>()) + " addresses are due now");
    if (const auto* lifted = answer.if_contains("lifted"))
      for (const auto& host : lifted->as_array())
        print(std::string(host.as_string()) + " was left alone for its failures, and is asked now");
    if (const auto* kept = answer.if_contains("kept"))
      for (const auto& host : kept->as_array())
        print(std::string(host.at("host").as_string()) +
              " stays as it is: " + std::string(host.at("why").as_string()));
    return Exit::done;
  }
  complain(detail_of(reply));
  return reply.status == 404 ? Exit::no : Exit::failed;
}

Exit fetch(const std::string& config, const std::string& url) {
  const StoreAccess store(config);
  auto request = request_for({"api", "v1", "fetch"});
  request.query["url"] = url;
  const auto reply = store.post(std::move(request));
  print_json_text(reply.body);
  return reply.status < 400 ? Exit::done : Exit::failed;
}

}  // namespace tinwatch::cli
