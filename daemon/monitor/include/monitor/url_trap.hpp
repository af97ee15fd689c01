#pragma once

#include "core/daily_budget.hpp"
#include "core/types.hpp"
#include "core/url.hpp"

#include <map>
#include <string>
#include <string_view>

namespace tinwatch::monitor {

/// Why an address looks like one of endlessly many that a server makes up (Heritrix's
/// TooManyPathSegments and PathologicalPath, calendars of years to come); empty when it does not.
[[nodiscard]] std::string_view trap_in(const UrlParts& url, Instant now);

/// What lists may bring in a day.
struct UrlLimits {
  int urls_of_a_host = 10'000;  ///< new addresses; a source may bring ten times as many
  int hosts_of_a_source = 200;  ///< that were not known before
  friend bool operator==(const UrlLimits&, const UrlLimits&) = default;
};

/// How many new addresses each host and each source may still bring. A host whose new addresses
/// hardly ever show a new article (session ids, sorted lists) is left little: it makes them up.
/// What is kept here was used in the last week.
class UrlBudget {
 public:
  explicit UrlBudget(UrlLimits limits) : limits_(limits) {}
  void configure(UrlLimits limits) { limits_ = limits; }

  /// New addresses that may still be taken from the host today...
  [[nodiscard]] int room(const std::string& host, Instant now) const;
  /// ...by this source, from all hosts together...
  [[nodiscard]] int room_of_source(const std::string& source, Instant now) const;
  /// ...and hosts that are new themselves.
  [[nodiscard]] int new_hosts(const std::string& source, Instant now) const;

  void note_added(const std::string& source, const std::string& host, int added, Instant now);
  void note_hosts(const std::string& source, int added, Instant now);
  /// A new address was visited: it showed an article that was not known, or it did not.
  void note_visit(const std::string& host, bool is_new_article, Instant now);
  [[nodiscard]] bool is_trap(const std::string& host) const;

 private:
  struct Yield {
    double visits = 0;    // of new addresses, those of long ago for less
    double articles = 0;  // that they showed
    Instant last{};
  };
  void forget_idle(Instant now);

  UrlLimits limits_;
  DailyBudget urls_;         // by host
  DailyBudget source_urls_;  // by source
  DailyBudget hosts_;        // by source
  std::map<std::string, Yield> yields_;
  Instant tidied_{};
};

}  // namespace tinwatch::monitor
