#include "near.hpp"

#include <algorithm>

namespace tinwatch::watch {
namespace {

/// Whether one of `others`, sorted by their first token, begins behind `place` and near it.
const Place* next_near(const Place& place, const std::vector<Place>& others, std::uint32_t between,
                       const std::vector<TextToken>& tokens) {
  const auto end = place.token + place.length;
  const auto next =
      std::lower_bound(others.begin(), others.end(), end,
                       [](const Place& one, std::uint32_t token) { return one.token < token; });
  if (next == others.end() || next->token - end > between) return nullptr;
  return tokens[next->token].paragraph == tokens[end - 1].paragraph ? &*next : nullptr;
}

void sort_by_token(std::vector<Place>& places) {
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.token < b.token; });
}

}  // namespace

std::vector<Place> near_places(const std::vector<Place>& left, const std::vector<Place>& right,
                               std::uint32_t between, const std::vector<TextToken>& tokens,
                               std::size_t most) {
  std::vector<Place> out;
  for (const auto* pair : {&left, &right}) {
    const auto& others = pair == &left ? right : left;
    for (const auto& place : *pair) {
      const auto* next = next_near(place, others, between, tokens);
      if (!next) continue;
      out.push_back(place);
      out.push_back(*next);
      if (out.size() >= 2 * most) break;
    }
  }
  sort_by_token(out);
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Place& a, const Place& b) {
                          return a.token == b.token && a.length == b.length;
                        }),
            out.end());
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace tinwatch::watch
