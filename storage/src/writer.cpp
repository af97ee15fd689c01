#include "writer.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>

namespace tinwatch::storage {
namespace {

constexpr std::size_t most_together = 64;  // pieces of a group: the first waits for the last

/// Empty: it is of something else.
std::string disk_failure(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const sqlite::Error& e) {
    return e.is_of_the_disk() ? e.what() : "";
  } catch (...) {
    return {};
  }
}

}  // namespace

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

Task<> Writer::perform(Work work, SourceRow source) {
  const auto asked = std::chrono::steady_clock::now();
  std::exception_ptr failure;
  try {
    co_await submit(std::move(work), source);
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    if (const auto why = disk_failure(failure); on_disk_failure && !why.empty())
      on_disk_failure(why);
    std::rethrow_exception(failure);
  }
  if (on_commit) on_commit(std::chrono::steady_clock::now() - asked);
}

Task<> Writer::answer() {
  return submit([](Transaction&) {}, SourceRow());
}

Task<> Writer::submit(Work work, SourceRow source) {
  const Counted counted(pending_);
  const auto caller = co_await asio::this_coro::executor;
  auto initiate = [this, caller, source](auto handler, Work job_work) {
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back({std::move(job_work), source, caller, Done(std::move(handler)), nullptr});
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
    Group group;
    for (auto& job : jobs) {
      group.push_back(&job);
      if (group.size() < most_together && &job != &jobs.back()) continue;
      commit(group);
      // Handed over whole: who waits looks into it, and is the last to hold it.
      for (auto* const done : group)
        asio::post(done->executor, asio::append(std::move(done->done), std::move(done->failure)));
      group.clear();
    }
  }
}

void Writer::commit(Group& group) {
  std::stable_sort(group.begin(), group.end(),
                   [](const Job* a, const Job* b) { return a->source < b->source; });
  try {
    commit_together(group);
    return;
  } catch (const sqlite::Error& e) {
    // What one piece brought could not be written at the group's end: it must not undo the others.
    const bool one_is_to_blame = e.is_constraint() && group.size() > 1;
    if (!one_is_to_blame) return fail(group, std::current_exception());
  } catch (...) {
    return fail(group, std::current_exception());
  }
  for (auto* const job : group) {
    try {
      commit_together({job});
    } catch (...) {
      fail({job}, std::current_exception());
    }
  }
}

void Writer::fail(const Group& group, const std::exception_ptr& failure) {
  // Nothing of the group is on disk: nobody may believe it is.
  for (auto* const job : group)
    if (!job->failure) job->failure = failure;
}

void Writer::commit_together(const Group& group) {
  Transaction transaction(*db_);
  try {
    db_->use("BEGIN IMMEDIATE").run();
    for (auto* const job : group) {
      if (job->failure) continue;
      const auto mark = transaction.mark();
      db_->use("SAVEPOINT job").run();
      try {
        job->work(transaction);
      } catch (...) {
        job->failure = std::current_exception();
        transaction.roll_back_to(mark);
        db_->execute("ROLLBACK TO job");
      }
      db_->use("RELEASE job").run();
    }
    transaction.write_events();
    db_->use("COMMIT").run();
  } catch (...) {
    const auto failure = std::current_exception();
    try {
      db_->execute("ROLLBACK");
    } catch (const sqlite::Error&) {
      // SQLite already rolled back by itself (disk full, I/O error).
    }
    std::rethrow_exception(failure);
  }
}

}  // namespace tinwatch::storage
