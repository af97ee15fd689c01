#include "nearest.hpp"

#include <algorithm>

namespace tinwatch::cli {
namespace {

constexpr std::size_t longest_word = 64;
constexpr std::size_t most_mistakes = 2;

/// Letters typed wrongly, left out, added, or exchanged with their neighbour (optimal string
/// alignment).
std::size_t mistakes(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> steps(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t k = 0; k <= b.size(); ++k) {
      auto& here = steps[i][k];
      if (i == 0 || k == 0) {
        here = i + k;
        continue;
      }
      here = std::min({steps[i - 1][k] + 1, steps[i][k - 1] + 1,
                       steps[i - 1][k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1)});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        here = std::min(here, steps[i - 2][k - 2] + 1);
    }
  }
  return steps[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& known) {
  if (word.size() > longest_word) return std::nullopt;
  std::optional<std::string> out;
  std::size_t best = most_mistakes + 1;
  for (const auto& one : known) {
    const auto far = mistakes(word, one);
    if (far >= best || far * 2 >= std::max(word.size(), one.size())) continue;
    best = far;
    out = one;
  }
  return out;
}

}  // namespace tinwatch::cli
