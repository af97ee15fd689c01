#pragma once

#include "async/task.hpp"
#include "core/robots.hpp"
#include "fetchers/fetcher.hpp"

#include <cstddef>
#include <string>

namespace tinwatch::fetchers {

/// What robots.txt files cost, kept off the io thread where it may be more than some 0.2 ms: a host
/// that writes long ones holds up nobody else. `running` counts what is under way.
struct RobotsWork {
  asio::any_io_executor cpu;
  std::size_t running = 0;
};

/// The answer, out of its coding.
Task<FetchResult> decoded_robots(RobotsWork& work, FetchResult answer);
/// Robots::from_answer.
Task<Robots> read_robots(RobotsWork& work, int status, std::string text, std::string agent);
/// Robots::allows.
Task<bool> robots_allow(RobotsWork& work, Robots rules, std::string path_and_query);

}  // namespace tinwatch::fetchers
