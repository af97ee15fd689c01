#include "edit_script.hpp"

#include <algorithm>
#include <cstddef>

namespace tinwatch::monitor {
namespace {

using Numbers = std::vector<std::uint32_t>;

// What may be walked along equal words before the search is given up.
constexpr std::size_t fewest_steps = 4'000'000;
constexpr std::size_t steps_a_word = 16;

/// Myers' greedy algorithm on a[head, n) and b[head, m); the furthest x on each diagonal is kept
/// for every number of edits, so that the way back can be found. Steps are appended backwards.
bool search(const Numbers& a, const Numbers& b, std::size_t head, std::size_t tail, int most_edits,
            std::vector<Edit>& backwards) {
  const int n = static_cast<int>(a.size() - head - tail);
  const int m = static_cast<int>(b.size() - head - tail);
  const int most = std::min(n + m, most_edits);
  const auto middle = static_cast<std::size_t>(most) + 1;
  const auto at = [middle](int k) { return middle + static_cast<std::size_t>(k); };
  const auto equal = [&](int x, int y) {
    return a[head + static_cast<std::size_t>(x)] == b[head + static_cast<std::size_t>(y)];
  };
  // Texts of one word over and over are alike on every diagonal.
  std::size_t left = fewest_steps + steps_a_word * (a.size() + b.size());
  std::vector<int> furthest(2 * middle + 1, 0);
  std::vector<std::vector<int>> trace;
  int edits = -1;
  for (int d = 0; d <= most && edits < 0; ++d) {
    trace.push_back(furthest);
    for (int k = -d; k <= d; k += 2) {
      const bool down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
      int x = down ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
      const int begin = x;
      while (x < n && x - k < m && equal(x, x - k)) ++x;
      const auto walked = static_cast<std::size_t>(x - begin);
      if (walked > left) return false;
      left -= walked;
      furthest[at(k)] = x;
      if (x >= n && x - k >= m) {
        edits = d;
        break;
      }
    }
  }
  if (edits < 0) return false;
  int x = n;
  int y = m;
  for (int d = edits; d >= 0; --d) {
    const auto& past = trace[static_cast<std::size_t>(d)];
    const int k = x - y;
    const bool down = k == -d || (k != d && past[at(k - 1)] < past[at(k + 1)]);
    const int from_k = down ? k + 1 : k - 1;
    const int from_x = d == 0 ? 0 : past[at(from_k)];
    const int from_y = d == 0 ? 0 : from_x - from_k;
    for (; x > from_x && y > from_y; --x, --y) backwards.push_back(Edit::same);
    if (d == 0) break;
    backwards.push_back(down ? Edit::added : Edit::removed);
    x = from_x;
    y = from_y;
  }
  return true;
}

}  // namespace

std::optional<std::vector<Edit>> edit_script(const Numbers& a, const Numbers& b, int most_edits) {
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  std::vector<Edit> steps(tail, Edit::same);
  if (!search(a, b, head, tail, most_edits, steps)) return std::nullopt;
  steps.insert(steps.end(), head, Edit::same);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

std::vector<Edit> edit_script_or_all(const Numbers& a, const Numbers& b, int most_edits) {
  if (auto script = edit_script(a, b, most_edits)) return std::move(*script);
  std::vector<Edit> out(a.size(), Edit::removed);
  out.insert(out.end(), b.size(), Edit::added);
  return out;
}

Numbers Numbering::of(const std::vector<std::string_view>& pieces) {
  Numbers out;
  out.reserve(pieces.size());
  for (const auto piece : pieces)
    out.push_back(
        numbers_.try_emplace(piece, static_cast<std::uint32_t>(numbers_.size())).first->second);
  return out;
}

}  // namespace tinwatch::monitor
