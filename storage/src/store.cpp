#include "storage/store.hpp"

#include "durability.hpp"
#include "private_file.hpp"
#include "schema.hpp"
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

bool take_clean_mark(sqlite::Connection& db) {
  bool clean = true;
  bool known = false;
  {
    auto query = db.prepare("SELECT value FROM meta WHERE key = 'clean'");
    known = query.step();
    if (known) clean = query.text(0) == "1";
  }
  db.execute("INSERT OR REPLACE INTO meta VALUES ('clean', '0')");
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
        journal(path + ".parsing"),
        writer(count_failed_parses(std::move(db), journal)),
        pipeline(path, pipeline_threads, pipeline_limit),
        people(path, people_threads, {}),
        examiner(path, 1, examination_limit) {}

  /// Runs `work` on the writer's thread and brings its result back. The result travels in shared
  /// memory, because the waiting task may be gone when the writer comes to it.
  template <class R>
  Task<R> write(std::function<R(sqlite::Connection&)> work) {
    auto result = std::make_shared<std::optional<R>>();
    Writer::Work job = [result, work](sqlite::Connection& db) { result->emplace(work(db)); };
    co_await writer.perform(std::move(job));
    co_return std::move(**result);
  }

  bool clean;
  ParseJournal journal;
  Writer writer;
  ReaderPool pipeline;
  ReaderPool people;
  ReaderPool examiner;
};

Store::Store(const std::string& path) : impl_(std::make_unique<Impl>(path, open(path))) {}
Store::~Store() = default;

ReaderPool& Store::pipeline_readers() { return impl_->pipeline; }
ReaderPool& Store::people_readers() { return impl_->people; }
ReaderPool& Store::examiner() { return impl_->examiner; }

void Store::on_commit(std::function<void(std::chrono::nanoseconds)> call) {
  impl_->writer.on_commit = std::move(call);
}

void Store::give_up_questions() {
  impl_->people.interrupt();
  impl_->examiner.interrupt();
}

bool Store::was_clean() const { return impl_->clean; }
std::size_t Store::pending() const { return impl_->writer.pending() + pending_reads_; }

Task<> Store::close_cleanly() {
  Writer::Work work = [](sqlite::Connection& db) {
    db.execute("INSERT OR REPLACE INTO meta VALUES ('clean', '1')");
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::sync_sources(std::vector<SourceEntry> sources, Instant now) {
  Writer::Work work = [sources, now](sqlite::Connection& db) {
    storage::sync_sources(db, sources, now);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<CommitResult> Store::commit(ArticleCommit commit) {
  auto shared = std::make_shared<const ArticleCommit>(std::move(commit));
  std::function<CommitResult(sqlite::Connection&)> work = [shared](sqlite::Connection& db) {
    return commit_visit(db, *shared);
  };
  co_return co_await impl_->write(std::move(work));
}

Task<ListResult> Store::commit_list(ListCommit commit) {
  auto shared = std::make_shared<const ListCommit>(std::move(commit));
  std::function<ListResult(sqlite::Connection&)> work = [shared](sqlite::Connection& db) {
    return write_list(db, *shared);
  };
  co_return co_await impl_->write(std::move(work));
}

Task<> Store::update_frontier(FrontierUpdate update) {
  Writer::Work work = [update](sqlite::Connection& db) { storage::update_frontier(db, update); };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::save_host(HostState host) {
  Writer::Work work = [host](sqlite::Connection& db) { write_host(db, host); };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::save_robots(std::string host, RobotsAnswer robots) {
  Writer::Work work = [host, robots](sqlite::Connection& db) { write_robots(db, host, robots); };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::forget_hosts(Instant idle_since, Instant robots_before) {
  Writer::Work work = [idle_since, robots_before](sqlite::Connection& db) {
    storage::forget_hosts(db, idle_since, robots_before);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::report_source(SourceReport report) {
  auto shared = std::make_shared<const SourceReport>(std::move(report));
  Writer::Work work = [shared](sqlite::Connection& db) { write_source_report(db, *shared); };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::save_region(ArticleRow article, std::string region, int misses) {
  Writer::Work work = [article, region, misses](sqlite::Connection& db) {
    write_region(db, article, region, misses);
  };
  co_await impl_->writer.perform(std::move(work));
}

ParseJournal::Mark Store::parse_mark(FrontierRow row) { return {impl_->journal, row}; }

Task<std::int64_t> Store::make_due(std::string source_or_url, Instant now) {
  std::function<std::int64_t(sqlite::Connection&)> work = [source_or_url,
                                                           now](sqlite::Connection& db) {
    return storage::make_due(db, source_or_url, now);
  };
  co_return co_await impl_->write(std::move(work));
}

Task<> Store::delete_old_captures(Instant before) {
  Writer::Work work = [before](sqlite::Connection& db) {
    storage::delete_old_captures(db, before);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::mark_delivered(std::string delivery, Instant at) {
  Writer::Work work = [delivery, at](sqlite::Connection& db) {
    storage::mark_delivered(db, delivery, at);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::mark_retry(std::string delivery, std::string error, Instant next) {
  Writer::Work work = [delivery, error, next](sqlite::Connection& db) {
    storage::mark_retry(db, delivery, error, next);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::mark_dead(std::string delivery, std::string error) {
  Writer::Work work = [delivery, error](sqlite::Connection& db) {
    storage::mark_dead(db, delivery, error);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::disable_receiver(std::string receiver) {
  Writer::Work work = [receiver](sqlite::Connection& db) {
    storage::disable_receiver(db, receiver);
  };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::enable_receivers() {
  Writer::Work work = [](sqlite::Connection& db) { storage::enable_receivers(db); };
  co_await impl_->writer.perform(std::move(work));
}

Task<> Store::ping() { return impl_->writer.answer(); }

}  // namespace tinwatch::storage
