#pragma once

#include "async/task.hpp"
#include "storage/reader.hpp"

#include <boost/asio/static_thread_pool.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

namespace tinwatch::storage {

/// Connections that only read, and a thread for each. Whoever asks one pool never waits for who
/// asks another.
class ReaderPool {
 public:
  /// `limit` is each call's. Throws as Reader does.
  ReaderPool(const std::string& path, std::size_t threads, QuestionLimit limit);
  /// Ends what is under way.
  ~ReaderPool();

  /// Gives up what is asked now and from now on (GivenUp). Any thread.
  void interrupt();

  /// Calls `work(reader, args...)` on a thread of the pool. `work` is a function or a member of
  /// Reader, not a closure.
  template <class Work, class... Args>
  Task<std::invoke_result_t<Work, const Reader&, Args...>> call(Work work, Args... args) {
    const auto job = [](ReaderPool* self, Work w, Args... a) {
      const Lease lease(*self);
      return std::invoke(w, lease.reader(), std::move(a)...);
    };
    return run_on(threads_.get_executor(), job, this, work, std::move(args)...);
  }

 private:
  /// A reader for the length of a scope; there are as many as threads.
  class Lease {
   public:
    explicit Lease(ReaderPool& pool);
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();
    [[nodiscard]] const Reader& reader() const { return *reader_; }

   private:
    ReaderPool& pool_;
    Reader* reader_ = nullptr;
  };

  std::vector<std::unique_ptr<Reader>> readers_;
  std::mutex mutex_;
  std::vector<Reader*> idle_;         // guarded by mutex_
  asio::static_thread_pool threads_;  // last: it uses all of the above
};

}  // namespace tinwatch::storage
