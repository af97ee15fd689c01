#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace tinwatch::storage {

namespace sqlite {

/// The database refused. Nobody below the top of a task can do anything about it, so it is thrown.
class Error : public std::runtime_error {
 public:
  Error(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  [[nodiscard]] int code() const { return code_; }
  /// What was to be written contradicts what is there.
  [[nodiscard]] bool is_constraint() const { return (code_ & 0xff) == 19; }  // SQLITE_CONSTRAINT
  /// The file cannot be written: the disk is full, read-only, or faulty.
  [[nodiscard]] bool is_of_the_disk() const {
    const int code = code_ & 0xff;  // SQLITE_READONLY, IOERR, FULL, CANTOPEN
    return code == 8 || code == 10 || code == 13 || code == 14;
  }

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

/// The file is damaged, or no database at all. The message names it, and says what to do.
class Damaged : public Unusable {
 public:
  Damaged(const std::string& path, const std::string& why)
      : Unusable(path + ": " + why + "; " + std::string(advice)) {}

  static constexpr std::string_view advice =
      "stop the daemon and restore a backup: 'tinwatch db restore BACKUP' puts this file aside; "
      "without one, 'sqlite3 FILE .recover' saves what can still be read";
};

/// Whether SQLite gave up because of what stands in the file.
[[nodiscard]] bool is_damage(const sqlite::Error& error);

}  // namespace tinwatch::storage
