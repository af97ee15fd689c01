#include "command_db.hpp"

#include "storage/backup.hpp"
#include "storage/database_lock.hpp"
#include "storage/error.hpp"
#include "store_access.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tinwatch::cli {
namespace {

Instant now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

class Stopwatch {
 public:
  [[nodiscard]] Duration elapsed() const {
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - begun_);
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

std::string with_one_decimal(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

/// `1043.2 MB in 7.1 s`
std::string size_and_time(std::int64_t bytes, Duration took) {
  return with_one_decimal(static_cast<double>(bytes) / 1e6) + " MB in " +
         with_one_decimal(static_cast<double>(took.count()) / 1000) + " s";
}

storage::DatabaseLock claim(const std::string& database) {
  auto lock = storage::DatabaseLock::try_acquire(database);
  if (!lock)
    throw std::runtime_error(database +
                             ": a daemon uses this database; stop it first ('systemctl stop "
                             "tinwatch')");
  return std::move(*lock);
}

/// The daemon's visits come first, where processor and disk are not enough for both.
void step_back() {
  constexpr int idle_class = 3 << 13;  // of ioprio_set(2)
  constexpr int this_process = 1;
  static_cast<void>(::setpriority(PRIO_PROCESS, 0, 15));
  static_cast<void>(::syscall(SYS_ioprio_set, this_process, 0, idle_class));
}

/// Has the daemon know of it; without one, the database itself. A backup that nobody heard of is
/// one all the same.
void tell_of(const storage::Backup& made, Duration took, const StoreAccess& store) {
  try {
    if (store.has_daemon()) {
      auto request = request_for({"api", "v1", "backups"});
      request.query["file"] = made.file;
      request.query["bytes"] = std::to_string(made.bytes);
      request.query["elapsed_ms"] = std::to_string(took.count());
      if (const auto reply = store.post(std::move(request)); reply.status >= 400)
        throw std::runtime_error("it answers with status " + std::to_string(reply.status));
      return;
    }
    const auto& database = store.config().storage.path;
    const auto lock = claim(database);
    storage::note_backup_in(database, now());
  } catch (const std::exception& e) {
    remark(std::string("warning: the daemon could not be told of this backup, so that its metric "
                       "knows of an older one only: ") +
           e.what());
  }
}

}  // namespace

Exit back_up_database(const std::string& config, const BackupOptions& options) {
  if (options.file.empty() == options.directory.empty())
    throw std::invalid_argument("name a file, or a directory with --directory");
  const StoreAccess store(config);
  const auto& database = store.config().storage.path;
  step_back();
  const Stopwatch watch;
  storage::RotatedBackup out;
  if (options.directory.empty())
    out.made =
        storage::back_up({.database = database, .file = options.file, .replace = options.force});
  else
    out = storage::back_up_in_turn(database, {.directory = options.directory, .keep = options.keep},
                                   now());
  const auto took = watch.elapsed();
  print("backed up to " + out.made.file + ": " + size_and_time(out.made.bytes, took) +
        ", read through, schema " + std::to_string(out.made.schema));
  print("sha256 " + out.made.sha256);
  if (out.removed > 0)
    print(std::to_string(out.removed) + " older " + (out.removed == 1 ? "one" : "ones") +
          " removed");
  tell_of(out.made, took, store);
  return Exit::done;
}

/// A backup from before knows tokens that hold no more.
void warn_of_tokens(const storage::Restored& restored) {
  const auto revoked = restored.revoked_since;
  remark(revoked ? "browsers are logged out; of tokens that were revoked since the backup " +
                       std::to_string(*revoked) +
                       " are revoked here, too: see whether all are by 'tinwatch token list'"
                 : std::string("browsers are logged out; tokens that were revoked since the backup "
                               "may hold again: look at 'tinwatch token list', and revoke them "
                               "once more"));
}

Exit restore_database(const std::string& config, const std::string& file) {
  const StoreAccess store(config);
  const auto& database = store.config().storage.path;
  const auto lock = claim(database);
  const Stopwatch watch;
  const auto restored = storage::restore(database, file, now());
  print("restored " + file + ": " + size_and_time(restored.bytes, watch.elapsed()) +
        ", read through, " +
        (restored.is_hash_known ? "with the hash that was written down"
                                : "without a hash that was written down") +
        ", schema " + std::to_string(restored.schema));
  if (restored.next_schema > restored.schema)
    print("the next start moves it to schema " + std::to_string(restored.next_schema) +
          ", and makes a copy first");
  if (!restored.put_aside.empty())
    print("the database from before is " + restored.put_aside + "; delete it when all is well");
  warn_of_tokens(restored);
  return Exit::done;
}

Exit migrate_database(const std::string& config, bool with_backup) {
  const StoreAccess store(config);
  const auto& database = store.config().storage.path;
  const auto lock = claim(database);
  if (with_backup)
    if (const auto copy = storage::back_up_before_migration(database))
      print("a copy from before is " + copy->file);
  const auto before = storage::migrate_database(database);
  print(before ? database + ": moved from schema " + std::to_string(*before) + " to this version's"
               : database + ": it has this version's schema already");
  return Exit::done;
}

}  // namespace tinwatch::cli
