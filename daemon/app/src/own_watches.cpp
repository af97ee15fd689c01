#include "own_watches.hpp"

#include "app/plan_from_config.hpp"
#include "config/own_watch.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tinwatch::app {
namespace {

namespace json = boost::json;

/// With the configuration's keys; of phrases, which may be a hundred thousand, nothing.
std::string definition_of(const config::WatchSettings& watch) {
  json::object out{{"name", watch.name}, {"title", watch.title}};
  if (watch.team != "default") out["team"] = watch.team;
  if (!watch.written.empty()) out["query"] = watch.written;
  out["mode"] = label(watch.mode);
  out["receivers"] = json::array(watch.receivers.begin(), watch.receivers.end());
  json::array include;
  if (watch.include_baseline) include.emplace_back("baseline");
  if (watch.include_backfill) include.emplace_back("backfill");
  if (!include.empty()) out["include"] = std::move(include);
  if (watch.metrics) out["metrics"] = true;
  if (watch.snooze_until) out["snooze_until"] = to_rfc3339(*watch.snooze_until);
  return json::serialize(out);
}

api::WatchInfo info_of(const config::WatchSettings& watch) {
  return {.name = watch.name,
          .title = watch.title,
          .team = watch.team,
          .is_own = watch.origin == config::Origin::api,
          .definition = definition_of(watch),
          .query = watch.written,
          .phrases = watch.phrases,
          .compiled = watch.query,
          .mode = std::string(label(watch.mode)),
          .receivers = watch.receivers,
          .snoozed_by_file = watch.snooze_until,
          .snoozed_here = {},
          .warnings = {},
          .fault = {}};
}

/// Takes receivers out that the configuration has no more; their names.
std::vector<std::string> take_lost_receivers(json::object& definition,
                                             const config::Config& config) {
  std::vector<std::string> lost;
  const auto found = definition.find("receivers");
  if (found == definition.end() || !found->value().is_array()) return lost;
  json::array kept;
  for (const auto& one : found->value().get_array()) {
    if (one.is_string() && !config::why_no_receiver(config, std::string(one.get_string())).empty())
      lost.emplace_back(one.get_string());
    else
      kept.push_back(one);
  }
  found->value() = std::move(kept);
  return lost;
}

/// `own`: those that were made here; `snoozed`: until when, by a person.
std::shared_ptr<const api::WatchList> list_of(const config::Config& config,
                                              std::vector<api::WatchInfo> own,
                                              const std::map<std::string, Instant>& snoozed) {
  api::WatchList out{.watches = std::move(own), .receivers = {}};
  for (const auto& watch : config.watches)
    if (watch.origin == config::Origin::file) out.watches.push_back(info_of(watch));
  std::sort(out.watches.begin(), out.watches.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (auto& watch : out.watches)
    if (const auto found = snoozed.find(watch.name); found != snoozed.end())
      watch.snoozed_here = found->second;
  for (const auto& receiver : config.receivers)
    if (config::why_no_receiver(config, receiver.name).empty())
      out.receivers.push_back(receiver.name);
  return std::make_shared<const api::WatchList>(std::move(out));
}

class Merging {
 public:
  /// `config`: of a file alone.
  explicit Merging(config::Config config) {
    for (const auto& watch : config.watches) of_file_.insert(watch.name);
    out_.config = std::move(config);
  }

  void snooze(const std::vector<storage::Snooze>& snoozes) {
    for (const auto& one : snoozes) snoozed_.emplace(one.watch, one.until);
  }

  void add(const storage::OwnWatch& own) {
    if (of_file_.contains(own.name))
      note(own.name,
           "the configuration has a watch of this name, which holds; the one that was "
           "made here does not");
    else
      take_in(own);
  }

  Merged finish() && {
    out_.watches = list_of(out_.config, std::move(own_), snoozed_);
    out_.plan = plan_from(out_.config);
    return std::move(out_);
  }

 private:
  void take_in(const storage::OwnWatch& own) {
    api::WatchInfo info{.name = own.name, .title = own.name, .is_own = true};
    info.definition = "{}";
    try {
      auto definition = json::parse(own.definition).as_object();
      info.definition = own.definition;
      const auto lost = take_lost_receivers(definition, out_.config);
      if (!lost.empty())
        note(own.name, "the configuration has no such receiver any more: " + join(lost, ", "));
      auto read = config::read_own_watch(definition, out_.config);
      if (read) {
        info = info_of(read->watch);
        info.definition = own.definition;
        info.warnings = std::move(read->warnings);
        for (const auto& name : lost)
          info.warnings.push_back("there is no receiver '" + name + "'");
        out_.config.watches.push_back(std::move(read->watch));
      } else {
        info.fault = join(read.error().sentences, "; ");
      }
    } catch (const std::exception& e) {
      info.fault = std::string("what is stored of it is damaged: ") + e.what();
    }
    if (!info.fault.empty()) note(own.name, "not in force: " + info.fault);
    own_.push_back(std::move(info));
  }

  void note(const std::string& watch, std::string text) {
    out_.notes.push_back({watch, std::move(text)});
  }

  Merged out_;
  std::set<std::string> of_file_;  // names of its watches
  std::vector<api::WatchInfo> own_;
  std::map<std::string, Instant> snoozed_;
};

}  // namespace

std::shared_ptr<const api::WatchList> listed(const config::Config& config) {
  return list_of(config, {}, {});
}

Merged merged(config::Config config, const storage::OwnSettings& own) {
  std::erase_if(config.watches,
                [](const auto& watch) { return watch.origin == config::Origin::api; });
  Merging merging(std::move(config));
  merging.snooze(own.snoozes);
  for (const auto& watch : own.watches) merging.add(watch);
  return std::move(merging).finish();
}

}  // namespace tinwatch::app
