#include "status_text.hpp"

#include "answers.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

// Each with a line more for what has no place; four lines are always there.
constexpr std::size_t most_lines = 40;
constexpr std::size_t most_problems = 8;
constexpr std::size_t most_sources = 14;
constexpr std::size_t most_hosts = 6;
constexpr std::size_t most_receivers = 8;
constexpr std::size_t lines_of_others = 4 + (most_hosts + 1) + (most_receivers + 1);
static_assert(lines_of_others + (most_problems + 1) + 1 < most_lines, "some source has a place");

/// A trouble and the key that says since when; the worst first.
struct Trouble {
  std::string_view name;
  const char* since;
};
constexpr std::array troubles{Trouble{"unreachable", "unreachableSince"},
                              Trouble{"never_read", nullptr}, Trouble{"drifted", "driftedSince"},
                              Trouble{"silent", "silentSince"}};

bool is_watched(const json::object& source) { return source.at("active").as_bool(); }

bool has(const json::object& source, const Trouble& trouble) {
  if (!is_watched(source)) return false;
  return trouble.since ? source.contains(trouble.since) : !source.contains("lastSuccessAt");
}

/// By what is worst with it, then by how long.
std::pair<std::size_t, std::string> rank(const json::object& source) {
  for (std::size_t i = 0; i < troubles.size(); ++i)
    if (has(source, troubles[i]))
      return {i, troubles[i].since ? text_at(source, troubles[i].since) : std::string()};
  return {troubles.size(), ""};
}

std::string source_line(const json::object& source) {
  const auto read = text_at(source, "lastSuccessAt");
  auto line = "source    " + padded(text_at(source, "name"), 15) + ' ' +
              text_at(source, "articles") + " articles, " +
              (read.empty() ? "never read" : "last read " + read);
  for (const auto& trouble : troubles) {
    if (!trouble.since || !has(source, trouble)) continue;
    line += ", " + std::string(trouble.name) + " since " + text_at(source, trouble.since);
    const auto why = trouble.name == "silent" ? text_at(source, "silentReason") : std::string();
    if (!why.empty()) line += " (" + why + ')';
  }
  return line;
}

std::vector<const json::object*> objects_of(const json::value& list) {
  std::vector<const json::object*> out;
  out.reserve(list.as_array().size());
  for (const auto& item : list.as_array()) out.push_back(&item.as_object());
  return out;
}

/// How many, and how many of them are in which trouble.
std::string source_summary(const std::vector<const json::object*>& sources) {
  std::size_t watched = 0;
  std::size_t troubled = 0;
  std::map<std::string_view, std::size_t> counts;
  for (const auto* source : sources) {
    watched += is_watched(*source) ? 1 : 0;
    const auto found = conditions_of(*source);
    troubled += found.empty() ? 0 : 1;
    for (const auto name : found) ++counts[name];
  }
  auto line = "sources   " + std::to_string(watched) + " watched";
  if (watched < sources.size())
    line += ", " + std::to_string(sources.size() - watched) + " not any more";
  if (troubled == 0) return line;
  line += ", " + std::to_string(troubled) + " in trouble:";
  const char* before = " ";
  for (const auto& trouble : troubles) {
    if (counts[trouble.name] == 0) continue;
    (line += before) += std::to_string(counts[trouble.name]) + ' ' + std::string(trouble.name);
    before = ", ";
  }
  return line;
}

std::string more(std::size_t count, const std::string& command) {
  return "          and " + std::to_string(count) + " more: " + command;
}

void add_problems(std::vector<std::string>& out, const std::vector<std::string>& problems) {
  for (std::size_t i = 0; i < problems.size() && i < most_problems; ++i)
    out.push_back("trouble   " + problems[i]);
  if (problems.size() > most_problems)
    out.push_back(more(problems.size() - most_problems, "tinwatch status --format json"));
}

/// `most` of them.
void add_sources(std::vector<std::string>& out, const json::value& list, std::size_t most) {
  auto sources = objects_of(list);
  out.push_back(source_summary(sources));
  std::stable_sort(sources.begin(), sources.end(),
                   [](const auto* a, const auto* b) { return rank(*a) < rank(*b); });
  // Where not all have a place, those that are well need none.
  if (sources.size() > most)
    std::erase_if(sources, [](const auto* source) { return conditions_of(*source).empty(); });
  for (std::size_t i = 0; i < sources.size() && i < most; ++i)
    out.push_back(source_line(*sources[i]));
  if (sources.size() > most)
    out.push_back(more(sources.size() - most, "tinwatch sources list --condition any"));
}

void add_hosts(std::vector<std::string>& out, const json::value& list) {
  const auto hosts = objects_of(list);  // the longest blocked first, a hundred at most
  for (std::size_t i = 0; i < hosts.size() && i < most_hosts; ++i)
    out.push_back("host      " + padded(text_at(*hosts[i], "name"), 15) + ' ' +
                  left_alone(*hosts[i]));
  if (hosts.size() > most_hosts)
    out.push_back(more(hosts.size() - most_hosts, "tinwatch status --format json"));
}

/// Whom something is wrong with, and how much waits.
std::array<std::int64_t, 3> weight(const json::object& outbox) {
  return {outbox.at("disabled").as_bool() ? 1 : 0, outbox.at("dead").to_number<std::int64_t>(),
          outbox.at("pending").to_number<std::int64_t>()};
}

void add_receivers(std::vector<std::string>& out, const json::value& list) {
  auto receivers = objects_of(list);
  std::stable_sort(receivers.begin(), receivers.end(),
                   [](const auto* a, const auto* b) { return weight(*a) > weight(*b); });
  for (std::size_t i = 0; i < receivers.size() && i < most_receivers; ++i) {
    const auto& outbox = *receivers[i];
    out.push_back("outbox    " + padded(text_at(outbox, "receiver"), 15) + ' ' +
                  text_at(outbox, "pending") + " pending, " + text_at(outbox, "dead") + " dead" +
                  (outbox.at("disabled").as_bool() ? ", disabled" : ""));
  }
  if (receivers.size() > most_receivers)
    out.push_back(more(receivers.size() - most_receivers, "tinwatch receivers list"));
}

}  // namespace

std::vector<std::string_view> conditions_of(const json::object& source) {
  std::vector<std::string_view> out;
  for (const auto& trouble : troubles)
    if (has(source, trouble)) out.push_back(trouble.name);
  return out;
}

bool is_in(const json::object& source, std::string_view condition) {
  const auto all = conditions_of(source);
  if (condition == "any") return !all.empty();
  if (std::find(all.begin(), all.end(), condition) != all.end()) return true;
  return is_watched(source) && text_at(source, "silentReason") == condition;
}

std::vector<std::string> status_text(const json::object& status, bool is_running,
                                     const std::vector<std::string>& problems) {
  std::vector<std::string> out;
  out.emplace_back(is_running ? "daemon    running"
                              : "daemon    NOT RUNNING: this is what its database says");
  add_problems(out, problems);
  const auto lines_of_problems = out.size() - 1;
  add_sources(out, status.at("sources"),
              std::min(most_sources, most_lines - lines_of_others - lines_of_problems - 1));
  const auto& frontier = status.at("frontier").as_object();
  out.push_back("frontier  " + text_at(frontier, "due") + " due, " + text_at(frontier, "waiting") +
                " waiting, " + text_at(frontier, "blocked") + " blocked, " +
                text_at(frontier, "retired") + " retired");
  add_hosts(out, status.at("blockedHosts"));
  add_receivers(out, status.at("outbox"));
  const auto& store = status.at("store").as_object();
  out.push_back("store     " + text_at(store, "sizeBytes") + " bytes, " +
                text_at(store, "freeBytes") + " bytes free");
  return out;
}

}  // namespace tinwatch::cli
