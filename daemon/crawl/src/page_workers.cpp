#include "crawl/page_workers.hpp"

#include <algorithm>

namespace tinwatch::crawl {

using namespace std::chrono_literals;

PageWorkers::PageWorkers(asio::any_io_executor pool, std::size_t threads)
    : lanes_(std::move(pool), std::max<std::size_t>(threads, 2) - 1) {}

bool PageWorkers::is_behind(const std::string& source) const {
  constexpr std::size_t most_waiting = 2;
  constexpr auto usual = 10ms;  // a page takes a fraction of it
  const auto* const lane = lanes_.find(source);
  return lane && lane->stuck(usual) >= most_waiting;
}

}  // namespace tinwatch::crawl
