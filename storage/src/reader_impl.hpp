#pragma once

#include "sqlite.hpp"
#include "storage/reader.hpp"

#include <atomic>
#include <chrono>
#include <map>

namespace tinwatch::storage {

/// What can only be counted row by row: it is counted again when it was a while ago, and a while is
/// a hundred times as long as it took. So a small database always tells the newest, and a large one
/// is not counted all the time.
struct RowCounts {
  std::map<std::int64_t, std::int64_t> articles;  // by source
  std::int64_t due = 0;
  std::int64_t waiting = 0;
  std::int64_t blocked = 0;
  std::int64_t retired = 0;
  std::optional<Instant> oldest_due;
  std::chrono::steady_clock::time_point until;
};

struct Reader::Impl {
  Impl(const std::string& file, QuestionLimit question_limit)
      : path(file), limit(question_limit), db(file, sqlite::Access::query_only) {
    begin_question();
    db.watch([this] { return is_over(); });
  }

  void begin_question() {
    deadline = std::chrono::steady_clock::now() + limit.time;
    steps = 0;
  }
  bool is_over() {
    steps += sqlite::steps_between_looks;
    return interrupted || steps > limit.steps || std::chrono::steady_clock::now() > deadline;
  }

  std::string path;
  QuestionLimit limit;
  std::chrono::steady_clock::time_point deadline;
  std::uint64_t steps = 0;
  std::atomic<bool> interrupted = false;
  mutable sqlite::Connection db;
  mutable RowCounts counts;
};

/// The Content-Type line of kept headers.
[[nodiscard]] std::string content_type_in(const std::string& headers);

/// An event whose columns (seq, id, type, source, article, at, sequence, discovery, data) begin at
/// `first`. One bad row must not take the others with it: it is damaged.
[[nodiscard]] Event read_event(const sqlite::Statement& row, int first);

/// Such an event of `e`, behind it what is to be joined and which are meant.
inline constexpr auto event_columns = R"sql(
  SELECT e.seq, e.id, e.type, coalesce(s.name, ''), coalesce(a.id, ''), e.at, e.sequence, e.discovery, e.data
  FROM events e LEFT JOIN sources s ON s.row = e.source LEFT JOIN articles a ON a.row = e.article
)sql";

/// Of a statement that begins with these; nothing without a row.
[[nodiscard]] std::optional<Event> read_one_event(sqlite::Statement& query);

template <class Enum>
Enum word(std::optional<Enum> value) {
  if (!value) throw sqlite::Error(SQLITE_CORRUPT, "the database holds an unknown word");
  return *value;
}

}  // namespace tinwatch::storage
