#include "monitor/word_diff.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstddef>

namespace tinwatch::monitor {
namespace {

using Words = std::vector<std::string_view>;
constexpr int most_edits = 1000;

struct Step {
  Edit edit;
  std::string_view word;
};

/// Myers' greedy algorithm; the furthest x on each diagonal is kept for every number of edits, so
/// that the way back can be found.
std::vector<Step> shortest_edit(const Words& a, const Words& b) {
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  const int most = std::min(n + m, most_edits);
  const auto middle = static_cast<std::size_t>(most) + 1;
  const auto at = [middle](int k) { return middle + static_cast<std::size_t>(k); };
  std::vector<int> furthest(2 * middle + 1, 0);
  std::vector<std::vector<int>> trace;
  int edits = -1;
  for (int d = 0; d <= most && edits < 0; ++d) {
    trace.push_back(furthest);
    for (int k = -d; k <= d; k += 2) {
      const bool down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
      int x = down ? furthest[at(k + 1)] : furthest[at(k - 1)] + 1;
      while (x < n && x - k < m &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)])
        ++x;
      furthest[at(k)] = x;
      if (x >= n && x - k >= m) {
        edits = d;
        break;
      }
    }
  }
  std::vector<Step> steps;
  if (edits < 0) {
    for (const auto word : a) steps.push_back({Edit::removed, word});
    for (const auto word : b) steps.push_back({Edit::added, word});
    return steps;
  }
  int x = n;
  int y = m;
  for (int d = edits; d >= 0; --d) {
    const auto& past = trace[static_cast<std::size_t>(d)];
    const int k = x - y;
    const bool down = k == -d || (k != d && past[at(k - 1)] < past[at(k + 1)]);
    const int from_k = down ? k + 1 : k - 1;
    const int from_x = d == 0 ? 0 : past[at(from_k)];
    const int from_y = d == 0 ? 0 : from_x - from_k;
    while (x > from_x && y > from_y) {
      steps.push_back({Edit::same, a[static_cast<std::size_t>(--x)]});
      --y;
    }
    if (d == 0) break;
    if (down)
      steps.push_back({Edit::added, b[static_cast<std::size_t>(--y)]});
    else
      steps.push_back({Edit::removed, a[static_cast<std::size_t>(--x)]});
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace

std::vector<DiffRun> diff_words(std::string_view before, std::string_view after) {
  Words a = words(before);
  Words b = words(after);
  // What both begin and end with needs no search; most edits are small.
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;

  std::vector<DiffRun> runs;
  const auto add = [&runs](Edit edit, std::string_view word) {
    if (runs.empty() || runs.back().edit != edit)
      runs.push_back({edit, std::string(word)});
    else
      (runs.back().text += ' ') += word;
  };
  for (std::size_t i = 0; i < head; ++i) add(Edit::same, a[i]);
  const Words middle_a(a.begin() + static_cast<std::ptrdiff_t>(head),
                       a.end() - static_cast<std::ptrdiff_t>(tail));
  const Words middle_b(b.begin() + static_cast<std::ptrdiff_t>(head),
                       b.end() - static_cast<std::ptrdiff_t>(tail));
  for (const auto& step : shortest_edit(middle_a, middle_b)) add(step.edit, step.word);
  for (std::size_t i = a.size() - tail; i < a.size(); ++i) add(Edit::same, a[i]);
  return runs;
}

WordChange changed_words(const std::vector<DiffRun>& runs) {
  WordChange out;
  for (const auto& run : runs) {
    if (run.edit == Edit::same) continue;
    auto& list = run.edit == Edit::added ? out.added : out.removed;
    for (const auto word : words(run.text)) list.emplace_back(word);
  }
  return out;
}

}  // namespace tinwatch::monitor
