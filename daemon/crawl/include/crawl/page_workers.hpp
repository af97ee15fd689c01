#pragma once

#include "async/lanes.hpp"
#include "async/task.hpp"
#include "crawl/page_work.hpp"

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::crawl {

/// The threads that read pages. Each source has its places on them: who has many or slow pages
/// queues up behind itself and not in front of the others, who wait for one of its pages at most.
/// Belongs to the io thread.
class PageWorkers {
 public:
  /// `pool` has so many `threads`; where there are several, no source has all of them.
  PageWorkers(asio::any_io_executor pool, std::size_t threads);

  /// Runs a pure function on a thread, within the budget; `args` are its arguments but for that.
  /// Throws PageFailed where the page costs too much.
  template <class Work, class... Args>
  Task<PageResult<Work, Args...>> run(std::shared_ptr<PageWork> page, WorkBudget::Time most,
                                      Work work, Args... args) {
    const WorkWatch::Watched watched(work_, page);
    auto lane = lanes_.lane(page->source).shared_from_this();
    std::exception_ptr failure;
    try {
      co_return co_await run_on(std::move(lane), &do_page_work<Work, Args...>, page, most, work,
                                std::move(args)...);
    } catch (...) {
      failure = std::current_exception();
    }
    if (const auto fault = fault_of_page(failure)) throw PageFailed(*fault);
    std::rethrow_exception(failure);
  }

  /// Pages that no thread has begun to read are given up: the daemon stops.
  void give_up() { lanes_.stop(); }
  /// Work on the threads, what waits for one included.
  [[nodiscard]] std::size_t size() const { return work_.size(); }
  /// Whether the source's pages wait to be read, behind one that takes its time: fetching more
  /// would only pile up their bytes.
  [[nodiscard]] bool is_behind(const std::string& source) const;
  /// What they work on now.
  [[nodiscard]] std::vector<UnderWay> under_way() const { return work_.under_way(); }

 private:
  WorkWatch work_;
  Lanes lanes_;
};

}  // namespace tinwatch::crawl
