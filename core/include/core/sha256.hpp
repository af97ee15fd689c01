#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace tinwatch {

/// SHA-256 (FIPS 180-4) of what comes piece by piece. hash.hpp has it for what is in memory.
class Sha256 {
 public:
  /// Throws std::runtime_error where OpenSSL has no SHA-256.
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// Of all that was added, 64 lower-case hexadecimal digits. Once.
  [[nodiscard]] std::string hex();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch
