#pragma once

#include <cstddef>

namespace tinwatch {

/// Counts what is under way, for the length of a scope. Belongs to the io thread.
class Counted {
 public:
  explicit Counted(std::size_t& count) : count_(++count) {}
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() { --count_; }

 private:
  std::size_t& count_;
};

}  // namespace tinwatch
