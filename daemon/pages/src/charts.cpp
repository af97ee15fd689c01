#include "charts.hpp"

#include "core/time.hpp"

#include <algorithm>
#include <numeric>

namespace tinwatch::pages {
namespace {

// Of the drawing, whose size on the page the style sheet says.
constexpr std::size_t place_width = 10;
constexpr std::size_t gap = 1;  // on each side of a bar
constexpr std::int64_t full_height = 100;
constexpr std::int64_t least_height = 3;  // 1 beside 1,000 is seen to be there

std::int64_t most(const std::vector<std::int64_t>& counts) {
  return counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
}

/// All bars as the `d` of one path: however many they are, it is one value of the template.
std::string bars(const std::vector<std::int64_t>& counts) {
  const auto tallest = std::max<std::int64_t>(1, most(counts));
  std::string out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] <= 0) continue;
    const auto share = static_cast<double>(counts[i]) / static_cast<double>(tallest);
    const auto height = std::max(least_height, static_cast<std::int64_t>(share * full_height));
    out += 'M' + std::to_string(i * place_width + gap) + ' ' + std::to_string(full_height) + 'v' +
           std::to_string(-height) + 'h' + std::to_string(place_width - 2 * gap) + 'v' +
           std::to_string(height) + 'z';
  }
  return out;
}

void put_bars(View& view, const std::vector<std::int64_t>& counts) {
  view.set("width", std::to_string(counts.size() * place_width));
  view.set("height", std::to_string(full_height));
  view.set("path", bars(counts));
}

View table_rows(const Chart& chart) {
  View rows(View::type::list);
  for (std::size_t i = 0; i < chart.places.size(); ++i) {
    View cells(View::type::list);
    for (const auto& one : chart.series) {
      View cell;
      cell.set("count", std::to_string(i < one.counts.size() ? one.counts[i] : 0));
      cells << cell;
    }
    View row;
    row.set("place", chart.places[i]);
    row.set("cells", cells);
    rows << row;
  }
  return rows;
}

}  // namespace

std::vector<std::string> day_names(const Manner& manner, std::size_t count, bool with_year) {
  constexpr std::size_t day = 10;
  constexpr std::size_t year = 5;
  std::vector<std::string> out;
  out.reserve(count);
  for (auto back = count; back > 0; --back) {
    const auto at = manner.now - std::chrono::days(static_cast<int>(back) - 1);
    const auto text = to_rfc3339(OffsetTime{.at = at, .offset = manner.utc_offset}).substr(0, day);
    out.push_back(with_year ? text : text.substr(year));
  }
  return out;
}

View chart_view(const Chart& chart) {
  View drawn(View::type::list);
  for (const auto& [name, counts] : chart.series) {
    View one;
    one.set("name", name);
    one.set("total",
            std::to_string(std::accumulate(counts.begin(), counts.end(), std::int64_t{0})));
    one.set("most", std::to_string(most(counts)));
    put_bars(one, counts);
    drawn << one;
  }
  View out;
  out.set("heading", chart.heading);
  out.set("axis", chart.axis);
  out.set("series", drawn);
  out.set("first", chart.places.front());
  out.set("last", chart.places.back());
  out.set("rows", table_rows(chart));
  return out;
}

View sparkline(const std::vector<std::int64_t>& counts, const std::string& label) {
  if (counts.empty()) return View(false);
  auto said = label + ':';
  for (const auto count : counts) said += ' ' + std::to_string(count);
  View out;
  out.set("label", said);
  put_bars(out, counts);
  return out;
}

}  // namespace tinwatch::pages
