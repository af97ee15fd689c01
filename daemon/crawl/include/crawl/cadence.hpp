#pragma once

#include "crawl/plan.hpp"
#include "monitor/hour_count.hpp"
#include "monitor/revisit.hpp"
#include "storage/frontier.hpp"
#include "storage/source.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace tinwatch::crawl {

/// What decides when an article is looked at again, beside the article itself.
struct Pace {
  double edits_an_article = 0;
  monitor::Rhythm rhythm;
  double price = 0;  ///< of a request to its host
};

/// Rhythms run by the clock that hangs in the newsroom.
[[nodiscard]] Instant local_time(const SourcePlan& source, Instant at);

/// How fast everything goes: what is known of when sites publish and how much they edit, and the
/// price of a request to each host. Belongs to the io thread.
class Cadence {
 public:
  explicit Cadence(double requests_an_hour) : allowed_(requests_an_hour) {}

  /// Another budget; prices begin anew when it differs.
  void configure(double requests_an_hour);
  /// What earlier runs saw.
  void restore(const Plan& plan, const std::vector<storage::PastHour>& hours);

  /// `delay`: what its host wants between two requests. Whatever the budget, no more is planned
  /// than fits, and some room is left for new articles and the baseline.
  void note_request(const storage::FrontierItem& item, Duration delay, Instant now);
  /// So many requests left to the host that the hour's budget is for.
  void note_capped(const std::string& host, int requests, Instant now);
  /// The earliest time at which the host's hour has room for one more. `share`: of the budget.
  [[nodiscard]] Instant room_at(const std::string& host, double share, Instant now) const;
  /// A list named so many new addresses.
  void note_found(const SourcePlan& source, const storage::FrontierItem& item, std::int64_t added);
  /// An article came out, as far as anybody can know.
  void note_article(const SourcePlan& source, Instant now);
  void note_edit(const std::string& source) { sites_[source].edits += 1; }

  [[nodiscard]] Duration list_wait(const SourcePlan& source, const storage::FrontierItem& item,
                                   Instant now) const;
  /// In which hours a source publishes.
  [[nodiscard]] const monitor::Rhythm& rhythm(const std::string& source) const;
  [[nodiscard]] Pace pace(const storage::FrontierItem& item) const;

 private:
  struct Site {
    monitor::Rhythm rhythm;
    double articles = 0;
    double edits = 0;
    double found = 0;  // by its lists in this run
  };
  struct Host {
    explicit Host(double requests_an_hour) : prices(requests_an_hour) {}
    monitor::HostPrices prices;
    Instant asked_at{};
    monitor::HourCount hour{};  // of the requests that the budget is for
  };
  /// What earlier visits tell of a source, or nothing yet.
  [[nodiscard]] const Site& site(const std::string& source) const;
  [[nodiscard]] monitor::HostPrices prices(const std::string& host) const;
  void forget_idle_hosts(Instant now);

  double allowed_;
  std::map<std::string, Site> sites_;
  std::map<std::string, Host> hosts_;  // asked in the last week
  Instant tidied_{};
  std::unordered_map<FrontierRow, double> found_;  // by each list in this run
};

}  // namespace tinwatch::crawl
