#include "storage/store.hpp"

#include "private_file.hpp"
#include "schema.hpp"
#include "sqlite_durability.hpp"
#include "storage/error.hpp"
#include "tables.hpp"
#include "writer.hpp"

namespace tinwatch::storage {
namespace {

constexpr std::size_t pipeline_threads = 2;
constexpr std::size_t people_threads = 2;
/// What the pipeline asks is short; only the start reads months. A file that was tampered with (a
/// view without an end in a table's place) must end in an error, not in a daemon that hangs.
constexpr QuestionLimit pipeline_limit{.time = std::chrono::minutes{2}};

std::unique_ptr<sqlite::Connection> open(const std::string& path) {
  create_private(path);
  try {
    auto db = std::make_unique<sqlite::Connection>(path);
    migrate(*db, path);
    make_durable(*db);
    return db;
  } catch (const sqlite::Error& e) {
    throw Unusable(path + ": cannot open the database: " + e.what() +
                   "; the file and its directory must be writable for the user that runs tinwatch, "
                   "and the file a "
                   "tinwatch database ('tinwatch db check' looks into it)");
  }
}

void write_clean_mark(sqlite::Connection& db, bool clean) {
  db.use(R"sql(
    INSERT INTO meta (key, value) VALUES ('clean', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value
  )sql")
      .bind(clean ? "1" : "0")
      .run();
}

bool take_clean_mark(sqlite::Connection& db) {
  bool clean = true;
  bool known = false;
  {
    auto query = db.prepare("SELECT value FROM meta WHERE key = 'clean'");
    known = query.step();
    if (known) clean = query.text(0) == "1";
  }
  write_clean_mark(db, false);
  return clean;
}

std::unique_ptr<sqlite::Connection> count_failed_parses(std::unique_ptr<sqlite::Connection> db,
                                                        ParseJournal& journal) {
  for (const auto row : journal.left_over()) note_failed_parse(*db, row);
  journal.clear();
  return db;
}

}  // namespace

struct Store::Impl {
  Impl(const std::string& path, std::unique_ptr<sqlite::Connection> db)
      : clean(take_clean_mark(*db)),
        has_noise(knows_noise(*db)),
        journal(path + ".parsing"),
        writer(count_failed_parses(std::move(db), journal)),
        pipeline(path, pipeline_threads, pipeline_limit),
        people(path, people_threads, {}),
        examiner(path, 1, examination_limit) {}

  /// Runs `work` on the writer's thread and brings its result back. The result travels in shared
  /// memory, because the waiting task may be gone when the writer comes to it.
  template <class R>
  Task<R> write(std::function<R(Transaction&)> work, SourceRow source) {
    auto result = std::make_shared<std::optional<R>>();
    Writer::Work job = [result, work](Transaction& transaction) {
      result->emplace(work(transaction));
    };
    co_await writer.perform(std::move(job), source);
    co_return std::move(**result);
  }

  bool clean;
  bool has_noise;  // of the io thread
  ParseJournal journal;
  Writer writer;
  ReaderPool pipeline;
  ReaderPool people;
  ReaderPool examiner;
};

Store::Store(const std::string& path) : impl_(std::make_unique<Impl>(path, open(path))) {}
Store::~Store() = default;

Task<> Store::perform(std::function<void(Transaction&)> job) {
  co_await impl_->writer.perform(std::move(job));
}

ReaderPool& Store::pipeline_readers() { return impl_->pipeline; }
ReaderPool& Store::people_readers() { return impl_->people; }
ReaderPool& Store::examiner() { return impl_->examiner; }

void Store::on_commit(std::function<void(std::chrono::nanoseconds)> call) {
  impl_->writer.on_commit = std::move(call);
}

void Store::on_disk_failure(std::function<void(const std::string&)> call) {
  impl_->writer.on_disk_failure = std::move(call);
}

void Store::give_up_questions() {
  impl_->people.interrupt();
  impl_->examiner.interrupt();
}

bool Store::has_noise() const { return impl_->has_noise; }
bool Store::was_clean() const { return impl_->clean; }
std::size_t Store::pending() const { return impl_->writer.pending() + pending_reads_; }

Task<> Store::close_cleanly() {
  Writer::Work work = [](Transaction& transaction) { write_clean_mark(transaction.db, true); };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::sync_sources(std::vector<SourceEntry> sources, Instant now) {
  Writer::Work work = [sources, now](Transaction& transaction) {
    storage::sync_sources(transaction.db, sources, now);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::reload(std::vector<SourceEntry> sources, std::vector<std::string> mended,
                     Instant now) {
  Writer::Work work = [sources, mended, now](Transaction& transaction) {
    storage::enable_receivers(transaction.db, mended);
    storage::sync_sources(transaction.db, sources, now);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<CommitResult> Store::commit(ArticleCommit commit) {
  return this->commit(std::make_shared<const ArticleCommit>(std::move(commit)));
}

Task<CommitResult> Store::commit(std::shared_ptr<const ArticleCommit> shared) {
  std::function<CommitResult(Transaction&)> work = [shared](Transaction& transaction) {
    return commit_visit(transaction, *shared);
  };
  if (!shared->noise.learned.empty()) impl_->has_noise = true;
  co_return co_await impl_->write(std::move(work), shared->source);
}

Task<> Store::mend_times(Instant now, Duration delay) {
  Writer::Work work = [now, delay](Transaction& transaction) {
    storage::mend_times(transaction.db, now, delay);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::move_waits(Duration by) {
  Writer::Work work = [by](Transaction& transaction) { storage::move_waits(transaction.db, by); };
  co_await impl_->writer.perform(std::move(work));
}

Task<ListResult> Store::commit_list(ListCommit commit) {
  auto shared = std::make_shared<const ListCommit>(std::move(commit));
  std::function<ListResult(Transaction&)> work = [shared](Transaction& transaction) {
    return write_list(transaction.db, *shared);
  };
  co_return co_await impl_->write(std::move(work), shared->source);
}

Task<> Store::update_frontier(FrontierUpdate update) {
  Writer::Work work = [update](Transaction& transaction) {
    storage::update_frontier(transaction.db, update);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::save_host(HostState host) {
  Writer::Work work = [host](Transaction& transaction) { write_host(transaction.db, host); };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::save_robots(std::string host, RobotsAnswer robots) {
  Writer::Work work = [host, robots](Transaction& transaction) {
    write_robots(transaction.db, host, robots);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::forget_hosts(Instant idle_since, Instant robots_before) {
  Writer::Work work = [idle_since, robots_before](Transaction& transaction) {
    storage::forget_hosts(transaction.db, idle_since, robots_before);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::forget_learned(Instant now) {
  Writer::Work work = [now](Transaction& transaction) {
    forget_votes(transaction.db, now - votes_kept);
    forget_noise(transaction.db, now);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::report_source(SourceReport report) {
  auto shared = std::make_shared<const SourceReport>(std::move(report));
  Writer::Work work = [shared](Transaction& transaction) {
    write_source_report(transaction, *shared);
  };
  co_await impl_->writer.perform(std::move(work));
}

ParseJournal::Mark Store::parse_mark(FrontierRow row) { return {impl_->journal, row}; }

Task<std::int64_t> Store::make_due(std::string source_or_url, Instant now) {
  std::function<std::int64_t(Transaction&)> work = [source_or_url, now](Transaction& transaction) {
    return storage::make_due(transaction.db, source_or_url, now);
  };
  co_return co_await impl_->write(std::move(work), SourceRow());
}

Task<> Store::end_try(Told told, TryEnd how) {
  auto shared = std::make_shared<const std::pair<Told, TryEnd>>(std::move(told), std::move(how));
  Writer::Work work = [shared](Transaction& transaction) {
    storage::end_try(transaction.db, shared->first, shared->second);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::write_messages(NewMessages made) {
  auto shared = std::make_shared<const NewMessages>(std::move(made));
  Writer::Work work = [shared](Transaction& transaction) {
    storage::write_messages(transaction.db, *shared);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<std::int64_t> Store::change_outbox(OutboxChange change, Instant now) {
  std::function<std::int64_t(Transaction&)> work = [change, now](Transaction& transaction) {
    return storage::change_outbox(transaction.db, change, now);
  };
  co_return co_await impl_->write(std::move(work), SourceRow());
}

Task<> Store::note_event(NewEvent event) {
  auto shared = std::make_shared<const NewEvent>(std::move(event));
  Writer::Work work = [shared](Transaction& transaction) {
    transaction.add({.source = {}, .article = {}, .event = *shared});
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::disable_receiver(std::string receiver) {
  Writer::Work work = [receiver](Transaction& transaction) {
    storage::disable_receiver(transaction.db, receiver);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::ping() { return impl_->writer.answer(); }

}  // namespace tinwatch::storage
