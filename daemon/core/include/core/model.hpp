#pragma once

#include <optional>
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

[[nodiscard]] std::string_view label(Discovery discovery);
[[nodiscard]] std::string_view label(ArticleStatus status);
[[nodiscard]] std::string_view label(TargetKind kind);
[[nodiscard]] std::string_view label(FrontierState state);

[[nodiscard]] std::optional<Discovery> discovery_from(std::string_view word);
[[nodiscard]] std::optional<ArticleStatus> article_status_from(std::string_view word);
[[nodiscard]] std::optional<TargetKind> target_kind_from(std::string_view word);

}  // namespace tinwatch
