#include "answers.hpp"
#include "api/preview.hpp"
#include "api/watch_cases.hpp"
#include "commands.hpp"
#include "config/own_watch.hpp"
#include "core/text.hpp"
#include "replay.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>

/// What people judged of watches' hits, as cases of those watches.
namespace tinwatch::cli {
namespace {

namespace json = boost::json;

struct CaseTally {
  std::size_t tested = 0;
  std::size_t contradicted = 0;
  std::size_t damaged = 0;
};

/// What is said of a verdict that the watch does not do as asked.
using OnContradiction = std::function<void(std::string_view verdict, const json::object& item,
                                           const std::string& headline)>;

void try_page(const json::array& items, storage::Verdict verdict, const watch::WatchSet& set,
              CaseTally& tally, const OnContradiction& tell) {
  for (const auto& value : items) {
    const auto& item = value.as_object();
    try {
      const auto past = past_revision_of(item);
      const bool hits = api::still_hits(past, text_at(item, "transition"), set);
      ++tally.tested;
      if (!api::contradicts(verdict, hits)) continue;
      ++tally.contradicted;
      tell(storage::label(verdict), item, api::hits_of(past, set).headline);
    } catch (const std::exception&) {
      ++tally.damaged;
    }
  }
}

/// All cases of a watch, or its newest page of each verdict alone.
CaseTally try_cases(const StoreAccess& store, const watch::Watch& watch, bool all,
                    const OnContradiction& tell) {
  CaseTally tally;
  const auto set = watch::WatchSet::compile({watch});
  for (const auto verdict : {storage::Verdict::relevant, storage::Verdict::irrelevant}) {
    auto request = request_for({"api", "v1", "watches", watch.name, "cases"});
    request.query = {{"verdict", std::string(storage::label(verdict))}, {"limit", "100"}};
    for (;;) {
      const auto body = body_of(store.get(request));
      try_page(body.at("items").as_array(), verdict, *set, tally, tell);
      if (!all || body.at("next").is_null()) break;
      request.query["after"] = std::string(body.at("next").as_string());
    }
  }
  return tally;
}

std::vector<watch::Watch> of_file(const config::Config& config) {
  std::vector<watch::Watch> out;
  out.reserve(config.watches.size());
  for (const auto& watch : config.watches) out.push_back({watch.name, watch.query});
  return out;
}

/// Those that were made in the daemon, and that the file does not hide.
void add_made_there(const StoreAccess& store, std::vector<watch::Watch>& watches) {
  if (!store.has_daemon()) return;
  constexpr std::size_t all = 1'000'000;
  for (const auto& value : items_of(store, request_for({"api", "v1", "watches"}), all)) {
    const auto& item = value.as_object();
    const auto name = text_at(item, "name");
    if (text_at(item, "origin") != "api" ||
        std::any_of(watches.begin(), watches.end(),
                    [&](const auto& known) { return known.name == name; }))
      continue;
    auto read = config::read_own_watch(item.at("definition").as_object(), store.config());
    if (read) watches.push_back({name, read->watch.query});
  }
}

/// Names of the watches that a hit of was judged lately, so that no other is asked for.
std::set<std::string> judged_lately(const StoreAccess& store) {
  std::set<std::string> out;
  for (const auto verdict : {storage::Verdict::relevant, storage::Verdict::irrelevant}) {
    auto request = request_for({"api", "v1", "hits"});
    request.query = {{"verdict", std::string(storage::label(verdict))}, {"limit", "1000"}};
    const auto body = body_of(store.get(request));
    for (const auto& hit : body.at("items").as_array())
      out.insert(text_at(hit.as_object(), "watch"));
  }
  return out;
}

}  // namespace

Exit test_watches(const std::string& path, const std::string& name) {
  return refusable([&] {
    auto config = config::load(path);
    if (!config) {
      for (const auto& fault : config.error()) complain(fault);
      return Exit::usage;
    }
    const StoreAccess store(std::move(*config));
    auto watches = of_file(store.config());
    add_made_there(store, watches);
    if (!name.empty())
      std::erase_if(watches, [&](const auto& watch) { return watch.name != name; });
    if (watches.empty() && !name.empty())
      throw std::invalid_argument("there is no watch '" + name + "'");
    CaseTally all;
    for (const auto& watch : watches) {
      const auto tally = try_cases(
          store, watch, true,
          [&](std::string_view verdict, const json::object& item, const std::string& headline) {
            print(watch.name +
                  (verdict == "relevant" ? ": hits no more what is relevant: "
                                         : ": hits what is irrelevant: ") +
                  clipped(headline, 200) + " (" + text_at(item, "source") + ", revision " +
                  text_at(item, "revision") + ", hit " + text_at(item, "hit") + ')');
          });
      all.tested += tally.tested;
      all.contradicted += tally.contradicted;
      all.damaged += tally.damaged;
    }
    if (all.damaged > 0)
      complain(std::to_string(all.damaged) + " revisions could not be read; see 'tinwatch verify'");
    remark(std::to_string(all.tested) + " verdicts, " + std::to_string(all.contradicted) +
           " contradicted, in " + std::to_string(watches.size()) + " watches");
    return all.contradicted == 0 ? Exit::done : Exit::no;
  });
}

void remark_contradicted_verdicts(const config::Config& config) {
  try {
    const StoreAccess store(config, StoreAccess::by_the_way);
    const auto nobody = [](std::string_view, const json::object&, const std::string&) {};
    const auto judged = judged_lately(store);
    for (const auto& watch : of_file(config)) {
      if (!judged.contains(watch.name)) continue;
      const auto tally = try_cases(store, watch, false, nobody);
      if (tally.contradicted > 0)
        remark(config.file + ": warning: watches: " + watch.name + ": does not do as " +
               std::to_string(tally.contradicted) + " of " + std::to_string(tally.tested) +
               " verdicts ask; 'tinwatch watches test " + watch.name + "' names them");
    }
  } catch (const Refused&) {
    return;  // the daemon has other troubles; who looks for them asks elsewhere
  } catch (const std::exception&) {
    return;  // nothing is stored yet, or nothing that this user may read, or not in time
  }
}

}  // namespace tinwatch::cli
