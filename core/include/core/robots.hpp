#pragma once

#include "core/types.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch {

/// Bytes of a robots.txt that are read; the rest is ignored (RFC 9309 section 2.5).
inline constexpr std::size_t robots_limit = 512 * 1024;

/// What a robots.txt (RFC 9309) says to one crawler: the rules that are for it and nothing else.
/// Pure data; a copy shares them and costs nothing.
class Robots {
 public:
  /// Bytes of rules and path that one look-up looks at before it gives up. The longest files of
  /// well-meaning sites stay far below it.
  static constexpr std::size_t step_limit = 4'000'000;

  Robots() = default;  ///< everything allowed

  /// Reads the groups that speak to `agent` (a product token, compared without case), or the `*`
  /// groups where none does. Only the first `robots_limit` bytes count. Time is linear, but for
  /// the sorting of the rules; what is kept is at most four times the text.
  static Robots parse(std::string_view text, std::string_view agent);

  /// What an answer to the request for robots.txt means (RFC 9309 section 2.3.1): its rules, or all
  /// or nothing allowed; 0 is no answer.
  static Robots from_answer(int status, std::string_view text, std::string_view agent);

  /// Everything allowed (a 4xx but 429), everything disallowed (429, 5xx, unreachable).
  static Robots allow_all();
  static Robots disallow_all();

  /// Whether `path_and_query` (percent-encoded, starting with `/`) may be fetched: the longest
  /// matching rule wins, Allow wins a tie, `/robots.txt` is always allowed. A look-up that reaches
  /// `step_limit` is answered no: who writes such rules is not asked for pages.
  [[nodiscard]] bool allows(std::string_view path_and_query) const;

  /// The steps that `allows` may take at most, its limit aside: whether it is worth a thread.
  [[nodiscard]] std::size_t most_steps(std::string_view path_and_query) const;

  /// The non-standard Crawl-delay, where given.
  [[nodiscard]] std::optional<Duration> crawl_delay() const;
  /// The Sitemap lines, at most 100; they belong to no group.
  [[nodiscard]] const std::vector<std::string>& sitemaps() const;

 private:
  struct Rules;
  explicit Robots(Rules rules);
  [[nodiscard]] const Rules& rules() const;

  std::shared_ptr<const Rules> rules_;  // none: everything is allowed
};

}  // namespace tinwatch
