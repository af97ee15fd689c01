#pragma once

#include "core/types.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch {

/// Bytes of a robots.txt that are read; the rest is ignored (RFC 9309 section 2.5).
inline constexpr std::size_t robots_limit = 512 * 1024;

/// What a robots.txt (RFC 9309) says to one crawler. Pure data; copy it freely.
class Robots {
 public:
  /// Reads the groups that speak to `agent` (a product token, compared without case), or the `*`
  /// groups where none does. Only the first `robots_limit` bytes count; time is linear.
  static Robots parse(std::string_view text, std::string_view agent);

  /// What an answer to the request for robots.txt means (RFC 9309 section 2.3.1): its rules, or all
  /// or nothing allowed; 0 is no answer.
  static Robots from_answer(int status, std::string_view text, std::string_view agent);

  /// Everything allowed (a 4xx but 429), everything disallowed (429, 5xx, unreachable).
  static Robots allow_all();
  static Robots disallow_all();

  /// Whether `path_and_query` (percent-encoded, starting with `/`) may be fetched: the longest
  /// matching rule wins, Allow wins a tie, `/robots.txt` is always allowed.
  [[nodiscard]] bool allows(std::string_view path_and_query) const;

  /// The non-standard Crawl-delay, where given.
  [[nodiscard]] std::optional<Duration> crawl_delay() const { return crawl_delay_; }
  /// The Sitemap lines; they belong to no group.
  [[nodiscard]] const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    std::string pattern;  // percent-encoded; `*` and a final `$` are special
    bool allow = false;
  };
  std::vector<Rule> rules_;
  std::optional<Duration> crawl_delay_;
  std::vector<std::string> sitemaps_;
};

}  // namespace tinwatch
