#pragma once

#include "core/types.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Closed sets of words that are stored, shown and counted. Each enumerator's label is the word.
namespace tinwatch {

/// How an article came to be known. Only `live` reaches receivers and the latency metrics.
enum class Discovery { live, baseline, backfill };

enum class ArticleStatus { live, missing, removed, moved, erased };

/// What stands at a URL of the frontier.
enum class TargetKind { listing, feed, sitemap, article };

/// Whether a frontier URL is still visited.
enum class FrontierState { waiting, retired };

/// A state of an article that was seen and is not believed yet.
struct HeldState {
  std::string editorial_hash;  ///< empty: none
  std::optional<Instant> since;
  int looks = 0;    ///< that showed it, one after the other
  int dropped = 0;  ///< earlier ones that went away again
  friend bool operator==(const HeldState&, const HeldState&) = default;
};

[[nodiscard]] std::string_view label(Discovery discovery);
[[nodiscard]] std::string_view label(ArticleStatus status);
[[nodiscard]] std::string_view label(TargetKind kind);
[[nodiscard]] std::string_view label(FrontierState state);

[[nodiscard]] std::optional<Discovery> discovery_from(std::string_view word);
[[nodiscard]] std::optional<ArticleStatus> article_status_from(std::string_view word);
[[nodiscard]] std::optional<TargetKind> target_kind_from(std::string_view word);

}  // namespace tinwatch
