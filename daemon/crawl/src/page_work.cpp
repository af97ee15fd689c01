#include "crawl/page_work.hpp"

#include <algorithm>
#include <malloc.h>
#include <new>
#include <pthread.h>

namespace tinwatch::crawl {
namespace {

/// A page of 1 MiB takes about as long, a usual one a tenth of it.
constexpr std::chrono::nanoseconds long_work = std::chrono::milliseconds{20};

std::chrono::nanoseconds read_clock(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

}  // namespace

std::optional<std::string> fault_of_page(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const OverBudget& e) {
    return e.what();
  } catch (const std::bad_alloc&) {
    return "reading it takes more memory than there is";
  } catch (const std::length_error&) {
    return "reading it takes more memory than there is";
  } catch (...) {
    return std::nullopt;
  }
}

void WorkTime::begin() {
  ::pthread_getcpuclockid(::pthread_self(), &clock_);
  started_ = read_clock(clock_);
  begun_ = std::chrono::steady_clock::now();
  under_way_.store(true, std::memory_order_release);
}

std::optional<std::chrono::nanoseconds> WorkTime::used() const {
  // The threads of the pool live as long as the daemon: the clock outlives the work.
  if (!under_way_.load(std::memory_order_acquire)) return std::nullopt;
  return read_clock(clock_) - started_;
}

void give_back_memory(const WorkTime& time) {
  if (time.passed() <= long_work) return;
  const auto used = time.used();
  if (used && *used > long_work) ::malloc_trim(0);
}

std::vector<UnderWay> WorkWatch::under_way() const {
  std::vector<UnderWay> out;
  for (const auto& page : pages_)
    if (const auto used = page->time.used()) out.push_back({page->source, page->url, *used});
  return out;
}

std::optional<UnderWay> find_stuck(const std::vector<UnderWay>& all,
                                   std::chrono::nanoseconds limit) {
  const auto most = std::max_element(
      all.begin(), all.end(), [](const UnderWay& a, const UnderWay& b) { return a.used < b.used; });
  if (most == all.end() || most->used <= limit) return std::nullopt;
  return *most;
}

}  // namespace tinwatch::crawl
