#pragma once

#include "core/types.hpp"

#include <cstdint>
#include <vector>

namespace tinwatch::bench {

/// A synthetic newspaper's year: when articles appear and when each is edited.
///
/// How much is published: 26 articles a day, as the first site did in early 2026. When: over the
/// day and the week as an editorial office works, or evenly (`rhythm` false). Edits, after what was
/// published of real ones:
/// - 35 % of articles are edited, more than 80 % of these once or twice, 5 % more than nine times
///   (Timmerman, Future of Journalism 2023: six Flemish sites, 300,000 articles, visited every 15
///   minutes for a day);
/// - about 82 % of the text changes of a week come in the first 24 hours (GDELT Global Difference
///   Graph, "Global trends in the ephemerality of online news", 2020).
/// An edit's delay is log-normal with a median of 3 hours of office time, which gives the second.
/// Offices that sleep edit in the morning: delays pass at the pace of the same rhythm.
struct NewsYear {
  struct Article {
    Instant published;
    std::vector<Instant> edits;  ///< rising
  };
  std::vector<Article> articles;  ///< in the order they were published
};

inline constexpr Instant year_begin{
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::January / 5}};  // a Monday
inline constexpr int days_in_year = 364;
inline constexpr Instant year_end = year_begin + std::chrono::days{days_in_year};

/// The same seed gives the same year. Hours are those of UTC.
[[nodiscard]] NewsYear make_news_year(std::uint32_t seed, bool rhythm);

/// For building the policy.
inline constexpr std::uint32_t development_seeds[] = {11, 23, 37, 41, 59};
/// For the figures in the documentation: run once the policy is finished.
inline constexpr std::uint32_t kept_seeds[] = {1009, 1013, 1019, 1021, 1031, 1033, 1039,
                                               1049, 1051, 1061, 1063, 1069, 1087, 1091,
                                               1093, 1097, 1103, 1109, 1117, 1123};

}  // namespace tinwatch::bench
