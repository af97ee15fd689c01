#pragma once

#include "curl_multi.hpp"
#include "fetchers/address_guard.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::fetchers {

/// Connections are reused only by transfers that may open the same ones.
class CurlPools {
 public:
  explicit CurlPools(asio::any_io_executor executor) : executor_(std::move(executor)) {}

  /// `allowed`: beyond the public internet, or these alone; null: nothing.
  CurlMulti& of(const std::vector<Network>* allowed, bool named_alone) {
    std::string key = named_alone ? "alone " : "";
    if (allowed)
      for (const auto& network : *allowed) key += network.text + ' ';
    return pools_.try_emplace(key, executor_).first->second;
  }

 private:
  asio::any_io_executor executor_;
  std::map<std::string, CurlMulti> pools_;
};

}  // namespace tinwatch::fetchers
