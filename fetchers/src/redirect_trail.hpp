#pragma once

#include "fetchers/fetcher.hpp"

#include <map>
#include <string>
#include <vector>

namespace tinwatch::fetchers {

/// The way from one redirect to the next: each hop is a request of its own, and whoever follows the
/// trail checks it as the first one.
class RedirectTrail {
 public:
  explicit RedirectTrail(std::size_t most) : most_(most) {}

  /// Whether `request`, changed to the next hop, is to be made. When not, `result` is the end: an
  /// answer, or why the trail is not followed.
  bool goes_on(FetchRequest& request, FetchResult& result);

  /// Redirects followed so far.
  [[nodiscard]] std::size_t hops() const { return passed_.size(); }

 private:
  [[nodiscard]] bool may_lead(const FetchRequest& request, const std::string& next,
                              int status) const;

  std::size_t most_;
  std::map<std::string, int> seen_;  // URL to how many answers had set cookies when it was asked
  int cookies_ = 0;                  // answers on the way that set some
  std::vector<std::string> passed_;
  bool permanent_ = true;
};

}  // namespace tinwatch::fetchers
