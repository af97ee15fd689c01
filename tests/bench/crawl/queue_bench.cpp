// What one scheduling decision costs on a store of any size: what is next at a host, and when its
// queue is looked at again. Prints microseconds of CPU a decision, and milliseconds for reading all
// hosts at the start.
#include "storage/reader.hpp"

#include <chrono>
#include <ctime>
#include <iostream>

namespace {

double cpu_us() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: tinwatch_queue_bench DATABASE\n";
    return 2;
  }
  using namespace tinwatch;
  const storage::Reader reader(argv[1]);
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  const auto begun = cpu_us();
  const auto hosts = reader.queues();
  const auto all = cpu_us() - begun;
  constexpr int rounds = 20;
  std::size_t found = 0;
  const auto first = cpu_us();
  for (int round = 0; round < rounds; ++round)
    for (const auto& [host, due] : hosts) found += reader.queue({host, 1}, now).due.size();
  const auto each = (cpu_us() - first) / rounds / static_cast<double>(hosts.size());
  if (found == 0) return 1;  // nothing was due: nothing was decided
  std::cout << hosts.size() << ' ' << each << ' ' << all / 1000 << '\n';
}
