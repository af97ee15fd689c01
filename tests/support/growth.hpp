#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ctime>
#include <utility>

namespace tinwatch::test {

/// CPU time that this thread has used, in milliseconds: other processes do not move it.
inline double thread_cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Linear work grows by 4 where its input does, quadratic work by 16; caches and sorting are
/// forgiven.
inline constexpr double most_growth = 6;

/// How the CPU time of `run` grows from the input `small` to the four times larger one: the least
/// of up to seven rounds over the least, since whatever disturbs a round makes it longer. 0 where
/// even the larger one takes under 10 ms, which tells nothing.
template <class Input, class Run>
double step_of_growth(const Input& small, const Input& large, Run& run) {
  constexpr double measurable_ms = 10;
  constexpr double hopeless_ms = 2000;
  constexpr int fewest = 3;
  constexpr int most = 7;
  const auto cost = [&](const auto& input) {
    const auto before = thread_cpu_ms();
    run(input);
    return thread_cpu_ms() - before;
  };
  double least = cost(small);
  double least_of_large = cost(large);
  for (int round = 1; round < most; ++round) {
    const bool settled = least_of_large < most_growth * least;
    if (least_of_large < measurable_ms || (settled && round >= fewest)) break;
    if (!settled && least_of_large > hopeless_ms) break;
    least = std::min(least, cost(small));
    least_of_large = std::min(least_of_large, cost(large));
  }
  if (least_of_large < measurable_ms) return 0;
  return least_of_large / std::max(least, 1e-3);
}

/// How the CPU time of `run` grows with its input: from size n to 4n, and where that is too much,
/// the geometric mean of that and of the step to 16n: a law holds at every size, a cache that the
/// machine's other work takes away shows at one. `make(size)` gives the input and is not measured,
/// `run(input)` is. Choose n so that at 4n the law that is feared takes well over 10 ms.
template <class Make, class Run>
double growth(Make make, Run run, std::size_t n) {
  const auto larger = make(4 * n);
  const auto first = step_of_growth(make(n), larger, run);
  if (first < most_growth) return first;
  return std::sqrt(first * step_of_growth(larger, make(16 * n), run));
}

/// The same where making the input costs next to nothing: `make_and_run(size)`.
template <class F>
double growth(F make_and_run, std::size_t n) {
  return growth([](std::size_t size) { return size; }, std::move(make_and_run), n);
}

/// For EXPECT_TRUE: whether the CPU time grows at most linearly (see growth).
template <class... F>
testing::AssertionResult grows_linearly(std::size_t n, F... steps) {
  const auto factor = growth(std::move(steps)..., n);
  if (factor < most_growth) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << "an input of " << 4 * n << " costs " << factor << " times that of one of " << n;
}

}  // namespace tinwatch::test
