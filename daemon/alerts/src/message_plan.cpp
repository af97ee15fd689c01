#include "alerts/message_plan.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;
using storage::WaitingDelivery;

constexpr Duration minute = 1min;
/// Without a pace, where more wait than these, so many messages are written at once: reading all
/// that waits for each of them would take longer the more there is. With one they are few, and what
/// is written is sent whatever comes meanwhile, quiet hours too.
constexpr std::size_t few = 100;
constexpr std::size_t most_at_once = 50;

/// What waits of one article, which is told together and in order; of a source, one event.
struct Bundle {
  std::vector<const WaitingDelivery*> rows;
  Severity severity = Severity::low;
  Instant ready{};  // from when on it may be told
};

/// What several bundles have in common that go into one message.
struct Group {
  std::vector<const Bundle*> bundles;
  Instant ready{};
};

class Planner {
 public:
  Planner(const storage::Desk& desk, const MessagePolicy& policy, Instant now)
      : desk_(desk), policy_(policy), now_(now) {}

  MessagePlan plan() {
    for (auto& bundle : bundles())
      if (settle(bundle) && !came_and_went(bundle)) bundles_.push_back(std::move(bundle));
    for (const auto& bundle : bundles_) defer(bundle);
    pace(due_groups());
    return std::move(out_);
  }

 private:
  /// Looks again then, or sooner.
  void look_again(Instant at) { out_.again = out_.again ? std::min(*out_.again, at) : at; }

  [[nodiscard]] std::vector<Bundle> bundles() const {
    const std::unordered_set<std::string> busy(desk_.busy_articles.begin(),
                                               desk_.busy_articles.end());
    std::unordered_map<std::string, std::size_t> places;
    std::vector<Bundle> out;
    for (const auto& row : desk_.waiting) {
      if (busy.contains(row.article)) continue;
      std::size_t place = out.size();
      if (!row.article.empty()) place = places.try_emplace(row.article, place).first->second;
      if (place == out.size()) out.emplace_back();
      out[place].rows.push_back(&row);
      out[place].severity = std::max(out[place].severity, row.severity);
    }
    return out;
  }

  /// Only what an edit changed waits for the next edit; a hit that appears or goes does not.
  static bool settles(const WaitingDelivery& row) {
    if (row.type == EventType::watch_hit) return row.severity == Severity::normal;
    return row.type == EventType::article_revised;
  }

  /// Whether it may be told by now.
  bool settle(Bundle& bundle) {
    const auto& rows = bundle.rows;
    const bool waits =
        std::all_of(rows.begin(), rows.end(), [](const auto* row) { return settles(*row); });
    // A clock that was ahead wrote times to come.
    const auto last = std::min(rows.back()->at, now_);
    const auto first = std::min(rows.front()->at, now_);
    bundle.ready = last;
    if (waits)
      bundle.ready =
          std::min(last + policy_.settle, first + std::max(policy_.settle, policy_.settle_max));
    if (bundle.ready <= now_) return true;
    look_again(bundle.ready);
    return false;
  }

  /// Whether all of it was taken back before it was told, and no watch hit meanwhile.
  bool came_and_went(const Bundle& bundle) {
    const auto& rows = bundle.rows;
    const auto is_edit = [](const auto* row) { return row->type == EventType::article_revised; };
    const auto& before = rows.front()->state_before;
    if (rows.size() < 2 || !std::all_of(rows.begin(), rows.end(), is_edit) || before.empty() ||
        before != rows.back()->state_after)
      return false;
    for (const auto* row : rows) out_.settled.push_back(row->row);
    return true;
  }

  [[nodiscard]] bool is_loud(const Bundle& bundle) const {
    return policy_.loud.contains(bundle.severity);
  }

  /// The next time that the digest is due after `at`.
  [[nodiscard]] Instant next_digest(Instant at) const {
    using std::chrono::days;
    const auto offset = policy_.zone.offset_at(at);
    const auto local = at + offset;
    auto due = std::chrono::floor<days>(local) + *policy_.digest;
    if (due < local) due += days{1};
    const auto as_utc = due - offset;
    return as_utc + (offset - policy_.zone.offset_at(as_utc));  // the clocks were set in between
  }

  void defer(const Bundle& bundle) {
    if (policy_.digest && bundle.severity != Severity::critical) {
      const auto due = next_digest(bundle.ready);
      if (due > now_) return look_again(due);
      return add(bundle, "digest", 0ms);
    }
    if (!policy_.quiet.empty() && !is_loud(bundle)) {
      if (any_contains(policy_.quiet, now_, policy_.zone)) return look_again(now_ + minute);
      if (any_contains(policy_.quiet, bundle.ready, policy_.zone)) return add(bundle, "quiet", 0ms);
    }
    add(bundle, key_of(bundle), policy_.group_wait);
  }

  [[nodiscard]] std::string key_of(const Bundle& bundle) const {
    const auto& first = *bundle.rows.front();
    std::string key;
    if (policy_.group_by.contains(GroupBy::source)) key += "source " + first.source + '\n';
    if (policy_.group_by.contains(GroupBy::watch)) {
      std::set<std::string> watches;
      for (const auto* row : bundle.rows)
        if (!row->watch.empty()) watches.insert(row->watch);
      for (const auto& watch : watches) key += "watch " + watch + '\n';
    }
    if (policy_.group_by.contains(GroupBy::article))
      key +=
          first.article.empty() ? "event " + std::to_string(first.row) : "article " + first.article;
    return key;
  }

  void add(const Bundle& bundle, const std::string& key, Duration wait) {
    auto& group = groups_[key];
    const auto ready = bundle.ready + wait;
    group.ready = group.bundles.empty() ? ready : std::min(group.ready, ready);
    group.bundles.push_back(&bundle);
  }

  using Due = std::pair<std::string, const Group*>;

  /// Those that may be told now, in the order of their first events.
  std::vector<Due> due_groups() {
    std::vector<Due> out;
    const std::unordered_map<std::string, Instant> written(desk_.groups.begin(),
                                                           desk_.groups.end());
    for (auto& [key, group] : groups_) {
      if (const auto last = written.find(key); last != written.end())
        group.ready = std::max(group.ready, last->second + policy_.group_interval);
      if (group.ready <= now_)
        out.emplace_back(key, &group);
      else
        look_again(group.ready);
    }
    std::sort(out.begin(), out.end(), [](const Due& a, const Due& b) {
      return a.second->bundles.front()->rows.front()->row <
             b.second->bundles.front()->rows.front()->row;
    });
    return out;
  }

  void pace(const std::vector<Due>& due) {
    if (due.empty()) return;
    const auto most = static_cast<std::size_t>(std::max(policy_.pace, 0));
    const auto& written = desk_.written_at;
    const auto lately = static_cast<std::size_t>(std::count_if(
        written.begin(), written.end(), [&](Instant at) { return at > now_ - minute; }));
    if (most > 0 && lately >= most)
      return look_again(written[written.size() - most] + minute + 1ms);
    out_.again.reset();
    // More than can be told one by one, and the last minute's share is used up: they are counted.
    if (most > 0 && due.size() > most && written.size() >= most) {
      auto& summary = out_.messages.emplace_back();
      summary.group_key = "summary";
      summary.is_summary = true;
      for (const auto& [key, group] : due) take(*group, summary);
      return;
    }
    const bool is_many = desk_.waiting.size() > few && most == 0 && policy_.quiet.empty();
    const auto at_once = is_many ? most_at_once : 1;
    for (const auto& [key, group] : due) {
      if (out_.messages.size() == at_once) return;
      auto& message = out_.messages.emplace_back();
      message.group_key = key;
      take(*group, message);
    }
  }

  static void take(const Group& group, PlannedMessage& message) {
    for (const auto* bundle : group.bundles)
      for (const auto* row : bundle->rows) message.deliveries.push_back(row->row);
  }

  const storage::Desk& desk_;
  const MessagePolicy& policy_;
  Instant now_;
  std::vector<Bundle> bundles_;
  std::map<std::string, Group> groups_;
  MessagePlan out_;
};

}  // namespace

MessagePlan plan_message(const storage::Desk& desk, const MessagePolicy& policy, Instant now) {
  return Planner(desk, policy, now).plan();
}

}  // namespace tinwatch::alerts
