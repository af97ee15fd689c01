#include "process.hpp"

#include <prometheus/counter.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

namespace tinwatch::telemetry {
namespace {

prometheus::Gauge& gauge(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Process::Process(prometheus::Registry& registry)
    : cpu_seconds_(prometheus::BuildCounter()
                       .Name("process_cpu_seconds_total")
                       .Help("Total user and system CPU time spent in seconds.")
                       .Register(registry)
                       .Add({})),
      open_fds_(gauge(registry, "process_open_fds", "Number of open file descriptors.")),
      max_fds_(gauge(registry, "process_max_fds", "Maximum number of open file descriptors.")),
      virtual_memory_(
          gauge(registry, "process_virtual_memory_bytes", "Virtual memory size in bytes.")),
      resident_memory_(
          gauge(registry, "process_resident_memory_bytes", "Resident memory size in bytes.")),
      start_time_(gauge(registry, "process_start_time_seconds",
                        "Start time of the process since unix epoch in seconds.")) {
  // Not from /proc/stat: systemd's ProcSubset=pid hides it.
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  start_time_.Set(std::chrono::duration<double>(now).count());
  refresh();
}

void Process::refresh() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const double cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  if (cpu > cpu_seconds_.Value()) cpu_seconds_.Increment(cpu - cpu_seconds_.Value());
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  max_fds_.Set(static_cast<double>(limit.rlim_cur));
  std::error_code ignored;
  double open = 0;
  for (auto entry = std::filesystem::directory_iterator("/proc/self/fd", ignored);
       !ignored && entry != std::filesystem::directory_iterator(); entry.increment(ignored))
    ++open;
  open_fds_.Set(open);
  std::ifstream statm("/proc/self/statm");
  double pages_virtual = 0;
  double pages_resident = 0;
  statm >> pages_virtual >> pages_resident;
  const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
  virtual_memory_.Set(pages_virtual * page);
  resident_memory_.Set(pages_resident * page);
}

}  // namespace tinwatch::telemetry
