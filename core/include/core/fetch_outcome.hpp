#pragma once

#include "core/model.hpp"

#include <array>
#include <string_view>

/// What came of asking for something, as it is counted. Each enumerator's label is the metric's.
namespace tinwatch {

/// What was asked for.
enum class Fetched { feed, sitemap, listing, article, robots };
inline constexpr std::array all_fetched{Fetched::feed, Fetched::sitemap, Fetched::listing,
                                        Fetched::article, Fetched::robots};
[[nodiscard]] Fetched fetched_as(TargetKind kind);

/// How it ended.
enum class FetchOutcome {
  ok,
  not_modified,
  gone,     ///< 404 or 410
  limited,  ///< 429 or 503: the host wants to be left alone
  failed
};
inline constexpr std::array all_fetch_outcomes{FetchOutcome::ok, FetchOutcome::not_modified,
                                               FetchOutcome::gone, FetchOutcome::limited,
                                               FetchOutcome::failed};

/// Why there was no page: a status, or no answer that can be used.
enum class FetchFailure {
  http_4xx,
  http_5xx,
  rate_limited,
  timeout,
  dns,
  connect,
  tls,
  too_large,
  truncated,
  refused_address,
  robots
};
inline constexpr std::array all_fetch_failures{
    FetchFailure::http_4xx,     FetchFailure::http_5xx,
    FetchFailure::rate_limited, FetchFailure::timeout,
    FetchFailure::dns,          FetchFailure::connect,
    FetchFailure::tls,          FetchFailure::too_large,
    FetchFailure::truncated,    FetchFailure::refused_address,
    FetchFailure::robots};

[[nodiscard]] std::string_view label(Fetched what);
[[nodiscard]] std::string_view label(FetchOutcome outcome);
[[nodiscard]] std::string_view label(FetchFailure failure);

}  // namespace tinwatch
