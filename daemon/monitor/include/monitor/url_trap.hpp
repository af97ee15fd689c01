#pragma once

#include "core/types.hpp"
#include "core/url.hpp"

#include <map>
#include <string>
#include <string_view>

namespace tinwatch::monitor {

/// Why an address looks like one of endlessly many that a server makes up (Heritrix's
/// TooManyPathSegments and PathologicalPath, calendars of years to come); empty when it does not.
[[nodiscard]] std::string_view trap_in(const UrlParts& url, Instant now);

/// How many new addresses each host may bring a day. A host whose new addresses hardly ever show a
/// new article (session ids, sorted lists) is left little: it makes them up.
class UrlBudget {
 public:
  explicit UrlBudget(int most_a_day) : most_a_day_(most_a_day) {}
  void configure(int most_a_day) { most_a_day_ = most_a_day; }

  /// New addresses that may still be taken from it today.
  [[nodiscard]] int room(const std::string& host, Instant now);
  void note_added(const std::string& host, int added) { hosts_[host].added += added; }
  /// A new address was visited: it showed an article that was not known, or it did not.
  void note_visit(const std::string& host, bool is_new_article);
  [[nodiscard]] bool is_trap(const std::string& host) const;

 private:
  struct Host {
    Instant day{};
    int added = 0;        // today
    double visits = 0;    // of new addresses, those of long ago for less
    double articles = 0;  // that they showed
  };
  int most_a_day_;
  std::map<std::string, Host> hosts_;
};

}  // namespace tinwatch::monitor
