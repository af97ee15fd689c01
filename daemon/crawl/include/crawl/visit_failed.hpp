#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace tinwatch::crawl {

/// A visit that did not come to its end, and is made again: of what it was, and why.
struct VisitFailed : std::runtime_error {
  VisitFailed(std::string of, std::string at, const std::string& why)
      : std::runtime_error(why), source(std::move(of)), url(std::move(at)) {}

  std::string source;
  std::string url;
};

}  // namespace tinwatch::crawl
