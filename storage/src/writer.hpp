#pragma once

#include "async/counted.hpp"
#include "async/task.hpp"
#include "transaction.hpp"

#include <boost/asio/any_completion_handler.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tinwatch::storage {

/// The one thread that writes. What waits when it comes to the disk is committed together (group
/// commit), each piece in a savepoint of its own, so that one failure undoes one piece. Pieces of
/// one source are done in the order they came; sources follow each other by their rows, so that two
/// groups of two writers could never wait for each other.
class Writer {
 public:
  using Work = std::function<void(Transaction&)>;

  /// Takes the connection over; it is closed (and the log checkpointed) by the destructor.
  explicit Writer(std::unique_ptr<sqlite::Connection> db);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  /// Finishes what was submitted.
  ~Writer();

  /// Completes once `work` is committed to disk; throws what it threw, or the commit's failure.
  /// Cannot be cancelled: a transaction under way is finished. `work` may be done twice, of which
  /// one counts. `source`: whose rows it locks; without: nobody's, or those of many.
  Task<> perform(Work work, SourceRow source);
  Task<> perform(Work work) { return perform(std::move(work), SourceRow()); }
  /// Completes when the thread has come to it, with nothing to write.
  Task<> answer();

  /// Called on the io thread after each `perform` that succeeded, with the time from asking to its
  /// being on disk. May be empty.
  std::function<void(std::chrono::nanoseconds)> on_commit;
  /// Called on the io thread after each that could not be written to the disk, with why. May be
  /// empty.
  std::function<void(const std::string&)> on_disk_failure;

  /// Asked for and not yet answered. Belongs to the io thread.
  [[nodiscard]] std::size_t pending() const { return pending_; }

 private:
  using Done = asio::any_completion_handler<void(std::exception_ptr)>;
  struct Job {
    Work work;
    SourceRow source;
    asio::any_io_executor executor;  // the caller's, where `done` runs
    Done done;
    std::exception_ptr failure;
  };

  using Group = std::vector<Job*>;

  Task<> submit(Work work, SourceRow source);
  void run();
  void commit(Group& group);
  /// All that did not fail yet, in one transaction. Throws what undid it as a whole.
  void commit_together(const Group& group);
  static void fail(const Group& group, const std::exception_ptr& failure);

  std::unique_ptr<sqlite::Connection> db_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::size_t pending_ = 0;
  std::vector<Job> queue_;  // guarded by mutex_
  bool stopping_ = false;   // guarded by mutex_
  std::thread thread_;      // last: it uses all of the above
};

}  // namespace tinwatch::storage
