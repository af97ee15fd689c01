#pragma once

#include <algorithm>
#include <cstddef>

namespace tinwatch::app {

/// Visits at once, where the process may have so many descriptors open. A visit takes three at most
/// (a name server, an address of either family); what listens, the database and its readers, and
/// deliveries take the rest.
[[nodiscard]] constexpr std::size_t most_visits(std::size_t descriptors) {
  constexpr std::size_t most = 64;
  constexpr std::size_t fewest = 2;
  constexpr std::size_t of_everything_else = 96;
  constexpr std::size_t of_a_visit = 3;
  if (descriptors <= of_everything_else) return fewest;
  return std::clamp((descriptors - of_everything_else) / of_a_visit, fewest, most);
}

}  // namespace tinwatch::app
