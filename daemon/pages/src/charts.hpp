#pragma once

#include "frame.hpp"

#include <cstdint>
#include <vector>

/// Pictures of counts: SVG that the server draws, each with what it shows in words or in a table.
namespace tinwatch::pages {

/// One row of bars. `counts` are 0 or more.
struct Series {
  std::string name;
  std::vector<std::int64_t> counts;
};

/// Rows of bars over the same places, each by a scale of its own.
struct Chart {
  std::string heading;
  std::string axis;                 ///< what the places are, such as "Day"
  std::vector<std::string> places;  ///< at least one
  std::vector<Series> series;       ///< each with a count for every place
};

/// The last days of the reader's zone, today the last: `2026-05-31`; without the year `05-31`.
[[nodiscard]] std::vector<std::string> day_names(const Manner& manner, std::size_t count,
                                                 bool with_year);

/// For `{{#NAME}}{{> chart}}{{/NAME}}`.
[[nodiscard]] View chart_view(const Chart& chart);

/// A picture within a line, for `{{#NAME}}{{> sparkline}}{{/NAME}}`. `counts`: oldest first; where
/// there are none, nothing is drawn. `label` says what is counted, and when: "hits a day, 7 days".
[[nodiscard]] View sparkline(const std::vector<std::int64_t>& counts, const std::string& label);

}  // namespace tinwatch::pages
