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

}  // namespace

std::vector<std::string> why_not_ready(const Standing& standing,
                                       const storage::Overview& overview) {
  if (!standing.is_started) return {"it is still starting"};
  std::vector<std::string> out;
  if (!standing.lost_file.empty()) out.push_back(standing.lost_file);
  if (!standing.store_fault.empty())
    out.push_back("the database takes no writes: " + standing.store_fault);
  if (!standing.config_fault.empty())
    out.push_back("the configuration's file was not taken over, the one before is in force: " +
                  standing.config_fault);
  const bool has_sources = std::any_of(overview.sources.begin(), overview.sources.end(),
                                       [](const auto& source) { return source.active; });
  if (!has_sources) return out;
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

}  // namespace tinwatch::app
