#pragma once

#include "async/counted.hpp"
#include "async/task.hpp"
#include "core/host_state.hpp"
#include "storage/article.hpp"
#include "storage/event.hpp"
#include "storage/outbox.hpp"
#include "storage/parse_journal.hpp"
#include "storage/reader.hpp"
#include "storage/reader_pool.hpp"
#include "storage/source.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace tinwatch::storage {

class Transaction;  // only the storage's own functions see into it

/// What the daemon remembers. A concrete class with no interface: in tests it is the same SQLite on
/// a real file.
///
/// Called from the io thread. Every write is on disk (`synchronous=FULL`) when its task completes;
/// writes that wait together are committed together. Throws sqlite::Error when the database fails,
/// which ends the task that asked.
class Store {
 public:
  /// Opens, creating or migrating if needed. Throws Unusable.
  explicit Store(const std::string& path);
  ~Store();

  /// Whether the last process to use the database ended by `close_cleanly`.
  [[nodiscard]] bool was_clean() const;
  /// Marks the end of an orderly run; the last write.
  Task<> close_cleanly();

  /// Makes the sources of the configuration those that are visited; others are paused.
  Task<> sync_sources(std::vector<SourceEntry> sources, Instant now);
  /// The same when a configuration takes another's place, and receivers get their chance with it:
  /// those that said 410 are enabled, the `mended` ones are no longer paused. All of it or nothing.
  Task<> reload(std::vector<SourceEntry> sources, std::vector<std::string> mended, Instant now);

  /// Writes all that a visit changes in one transaction, or nothing: `conflict` when the article is
  /// no longer as the visit compared it.
  Task<CommitResult> commit(std::shared_ptr<const ArticleCommit> commit);
  Task<CommitResult> commit(ArticleCommit commit);
  Task<ListResult> commit_list(ListCommit commit);
  /// Whether noise was learned anywhere: else nobody need ask for it.
  [[nodiscard]] bool has_noise() const;
  Task<> update_frontier(FrontierUpdate update);
  Task<> save_host(HostState host);
  Task<> save_robots(std::string host, RobotsAnswer robots);
  /// Forgets hosts that were asked last before `idle_since`, robots.txt from before
  /// `robots_before`.
  Task<> forget_hosts(Instant idle_since, Instant robots_before);
  /// Forgets what visits taught long ago: votes on addresses, noise of templates that are gone.
  Task<> forget_learned(Instant now);
  /// Counts from `now` what a clock that was ahead wrote; `delay`: a host's, as configured.
  Task<> mend_times(Instant now, Duration delay);
  Task<> report_source(SourceReport report);
  /// The clock was set by so much: what has to last for a while (an absence, a doubt) began as much
  /// later.
  Task<> move_waits(Duration by);
  /// A page's place in the journal of what is being parsed: one that brings the daemon down twice
  /// is skipped.
  [[nodiscard]] ParseJournal::Mark parse_mark(FrontierRow row);
  /// Makes a source's or an article's URLs due; returns how many.
  Task<std::int64_t> make_due(std::string source_or_url, Instant now);

  Task<> end_try(Told told, TryEnd how);
  Task<> write_messages(NewMessages made);
  /// How many messages and deliveries it changed.
  Task<std::int64_t> change_outbox(OutboxChange change, Instant now);
  /// An event of the daemon itself.
  Task<> note_event(NewEvent event);
  Task<> disable_receiver(std::string receiver);

  /// Calls `work(transaction, args...)` on the writer's thread. `work` is one of the storage's
  /// functions, not a closure, and answers something; it may be called twice, of which one counts.
  template <class Work, class... Args>
  Task<std::invoke_result_t<Work, Transaction&, const Args&...>> write(Work work, Args... args) {
    using Answer = std::invoke_result_t<Work, Transaction&, const Args&...>;
    const auto asked = std::make_shared<const std::tuple<Args...>>(std::move(args)...);
    // In shared memory, because the waiting task may be gone when the writer comes to it.
    auto answer = std::make_shared<std::optional<Answer>>();
    std::function<void(Transaction&)> job = [work, asked, answer](Transaction& transaction) {
      answer->emplace(
          std::apply([&](const Args&... each) { return work(transaction, each...); }, *asked));
    };
    co_await perform(std::move(job));
    co_return std::move(**answer);
  }

  /// Calls `call` on the io thread after every write that succeeded, with the time from asking for
  /// it to its being on disk.
  void on_commit(std::function<void(std::chrono::nanoseconds)> call);

  /// Calls `call` on the io thread after every write that the disk did not take (it is full,
  /// read-only or faulty), with why.
  void on_disk_failure(std::function<void(const std::string&)> call);

  /// Completes when the writer has answered: for the watchdog.
  Task<> ping();
  /// Writes not yet committed and reads not yet answered.
  [[nodiscard]] std::size_t pending() const;

  /// Calls `work(reader, args...)` on a reader thread. `work` is a function or a member of Reader,
  /// not a closure. For the pipeline alone: nothing that people ask waits or works here.
  template <class Work, class... Args>
  Task<std::invoke_result_t<Work, const Reader&, Args...>> read(Work work, Args... args) {
    const Counted counted(pending_reads_);
    co_return co_await pipeline_readers().call(work, std::move(args)...);
  }
  /// The same for a person's question: the API, the pages, /metrics. GivenUp after 30 s.
  template <class Work, class... Args>
  Task<std::invoke_result_t<Work, const Reader&, Args...>> ask(Work work, Args... args) {
    const Counted counted(pending_reads_);
    co_return co_await people_readers().call(work, std::move(args)...);
  }
  /// The same for what reads the whole file: one after the other, beside all questions.
  template <class Work, class... Args>
  Task<std::invoke_result_t<Work, const Reader&, Args...>> examine(Work work, Args... args) {
    const Counted counted(pending_reads_);
    co_return co_await examiner().call(work, std::move(args)...);
  }
  /// Gives up what people ask, now and from now on: the daemon stops.
  void give_up_questions();

 private:
  Task<> perform(std::function<void(Transaction&)> job);
  [[nodiscard]] ReaderPool& pipeline_readers();
  [[nodiscard]] ReaderPool& people_readers();
  [[nodiscard]] ReaderPool& examiner();

  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::size_t pending_reads_ = 0;
};

}  // namespace tinwatch::storage
