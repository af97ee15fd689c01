#pragma once

#include <stdexcept>
#include <string>

namespace tinwatch::storage {

namespace sqlite {

/// The database refused. Nobody below the top of a task can do anything about it, so it is thrown.
class Error : public std::runtime_error {
 public:
  Error(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  [[nodiscard]] int code() const { return code_; }

 private:
  int code_;  // extended SQLite result code
};

}  // namespace sqlite

/// A question was given up: it took longer than its limit, or the daemon stops.
class GivenUp : public sqlite::Error {
 public:
  using Error::Error;
};

/// The database cannot be used at all: locked by another daemon, from a newer version, unwritable.
/// The message says what to do.
class Unusable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace tinwatch::storage
