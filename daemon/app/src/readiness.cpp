#include "readiness.hpp"

#include "core/time.hpp"

#include <algorithm>
#include <optional>

namespace tinwatch::app {
namespace {

using namespace std::chrono_literals;

/// What was read is no later than now; clocks of one machine agree so far.
constexpr Duration clock_tolerance = 5min;
/// A poll that fails is tried again a few times before anybody is called.
constexpr int polls_missed = 2;
constexpr Duration shortest_silence = 30min;

std::optional<Instant> last_read(const storage::Overview& overview) {
  std::optional<Instant> out;
  for (const auto& source : overview.sources)
    if (source.active && source.last_success_at) out = std::max(out, source.last_success_at);
  return out;
}

std::int64_t count_if_active(const storage::Overview& overview,
                             bool (*is_so)(const storage::SourceView&)) {
  return std::count_if(overview.sources.begin(), overview.sources.end(),
                       [&](const auto& source) { return source.active && is_so(source); });
}

std::string counted(std::int64_t number, const std::string& noun) {
  return std::to_string(number) + ' ' + noun + (number == 1 ? "" : "s");
}

}  // namespace

std::vector<std::string> why_not_ready(const Standing& standing) {
  if (!standing.is_started) return {"it is still starting"};
  const auto& overview = standing.overview;
  std::vector<std::string> out;
  if (!standing.unreadable.empty())
    out.push_back("the database cannot be read: " + standing.unreadable);
  if (!standing.lost_file.empty()) out.push_back(standing.lost_file);
  if (!standing.store_fault.empty())
    out.push_back("the database takes no writes: " + standing.store_fault);
  if (standing.files.open * 10 > standing.files.most * 9)
    out.push_back(
        std::to_string(standing.files.open) + " of " + std::to_string(standing.files.most) +
        " file descriptors are in use: raise LimitNOFILE=, or see who holds connections to it");
  if (!standing.config_fault.empty())
    out.push_back("the configuration's file was not taken over, the one before is in force: " +
                  standing.config_fault);
  if (count_if_active(overview, [](const auto&) { return true; }) == 0) return out;
  const auto read_at = last_read(overview);
  if (read_at && *read_at > standing.now + clock_tolerance)
    out.push_back("the machine's clock is behind: a list was read at " + to_rfc3339(*read_at));
  const auto patience = std::max(shortest_silence, polls_missed * standing.longest_poll);
  const auto since = std::max(read_at.value_or(standing.watching_since), standing.watching_since);
  if (standing.now - since > patience)
    out.push_back("no list of any source was read since " +
                  (read_at ? to_rfc3339(*read_at) : "it was installed"));
  const bool all_rest = standing.now - since > shortest_silence && overview.frontier_blocked > 0 &&
                        overview.frontier_due == 0 && overview.frontier_waiting == 0;
  if (all_rest)
    out.emplace_back(
        "every host is left alone for a while, since all failed; 'tinwatch status' "
        "names them");
  return out;
}

std::string status_line(const Standing& standing) {
  const auto why = why_not_ready(standing);
  if (!why.empty())
    return why.front() +
           (why.size() == 1 ? "" : "; and " + std::to_string(why.size() - 1) + " more");
  const auto& overview = standing.overview;
  const auto watched = count_if_active(overview, [](const auto&) { return true; });
  const auto unreachable =
      count_if_active(overview, [](const auto& one) { return one.unreachable_since.has_value(); });
  if (unreachable > 0)
    return std::to_string(unreachable) + " of " + counted(watched, "source") + " cannot be reached";
  const auto drifted =
      count_if_active(overview, [](const auto& one) { return one.drifted_since.has_value(); });
  if (drifted > 0)
    return std::to_string(drifted) + " of " + counted(watched, "source") +
           (drifted == 1 ? " has" : " have") + " pages that read differently";
  const auto silent =
      count_if_active(overview, [](const auto& one) { return one.silent_since.has_value(); });
  return "watching " + counted(watched, "source") +
         (silent > 0 ? ", " + std::to_string(silent) + " of them silent" : "");
}

}  // namespace tinwatch::app
