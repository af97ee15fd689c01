#pragma once

#include "crawl/visit_failed.hpp"
#include "telemetry/log.hpp"

#include <exception>

namespace tinwatch::app {

/// Of a task that is begun again.
inline void log_failure(const std::exception_ptr& failure) {
  constexpr auto sentence = "a task failed; it will be tried again";
  try {
    std::rethrow_exception(failure);
  } catch (const crawl::VisitFailed& visit) {
    log::trouble(sentence, visit.what(), {{"source", visit.source}, {"url", visit.url}});
  } catch (const std::exception& e) {
    log::trouble(sentence, e.what());
  }
}

}  // namespace tinwatch::app
