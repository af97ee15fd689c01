#include "writer.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/post.hpp>

namespace tinwatch::storage {

Writer::Writer(std::unique_ptr<sqlite::Connection> db)
    : db_(std::move(db)), thread_([this] { run(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

Task<> Writer::perform(Work work) {
  const auto asked = std::chrono::steady_clock::now();
  co_await submit(std::move(work));
  if (on_commit) on_commit(std::chrono::steady_clock::now() - asked);
}

Task<> Writer::answer() {
  return submit([](sqlite::Connection&) {});
}

Task<> Writer::submit(Work work) {
  const Counted counted(pending_);
  const auto caller = co_await asio::this_coro::executor;
  auto initiate = [this, caller](auto handler, Work job_work) {
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back({std::move(job_work), caller, Done(std::move(handler)), nullptr});
    }
    wake_.notify_one();
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr)>(
      std::move(initiate), asio::use_awaitable, std::move(work));
}

void Writer::run() {
  for (;;) {
    std::vector<Job> jobs;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      jobs.swap(queue_);
    }
    commit(jobs);
    for (auto& job : jobs) {
      asio::post(job.executor, asio::append(std::move(job.done), job.failure));
    }
  }
}

void Writer::commit(std::vector<Job>& jobs) {
  try {
    db_->use("BEGIN IMMEDIATE").run();
    for (auto& job : jobs) {
      db_->use("SAVEPOINT job").run();
      try {
        job.work(*db_);
      } catch (...) {
        job.failure = std::current_exception();
        db_->execute("ROLLBACK TO job");
      }
      db_->use("RELEASE job").run();
    }
    db_->use("COMMIT").run();
  } catch (...) {
    // Nothing of the group is on disk: nobody may believe it is.
    for (auto& job : jobs)
      if (!job.failure) job.failure = std::current_exception();
    try {
      db_->execute("ROLLBACK");
    } catch (const sqlite::Error&) {
      // SQLite already rolled back by itself (disk full, I/O error).
    }
  }
}

}  // namespace tinwatch::storage
