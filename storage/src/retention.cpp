#include "storage/retention.hpp"

#include "reader_impl.hpp"
#include "sqlite_space.hpp"
#include "storage/store.hpp"
#include "transaction.hpp"

#include <limits>
#include <vector>

namespace tinwatch::storage {
namespace {

constexpr std::int64_t looked_at_a_step = 500;
constexpr std::int64_t pages_cut_a_step = 256;  // of the file: 1 MiB

/// A place in the order of age.
struct Place {
  std::int64_t fetched_at = 0;
  std::int64_t row = 0;
};

/// What a step has found: what may go, and where it came to.
struct OldPages {
  std::vector<std::int64_t> rows;
  Place last;
  bool is_end = true;
};

constexpr auto select_old = R"sql(
  SELECT c.fetched_at, c.row, CASE WHEN EXISTS (SELECT 1 FROM articles a WHERE a.last_capture = c.row) THEN 1 ELSE 0 END
  FROM captures c
  WHERE c.fetched_at < ?1 AND c.fetched_at >= ?2 AND (c.fetched_at > ?2 OR c.row > ?3)
  ORDER BY c.fetched_at, c.row LIMIT ?4
)sql";

// It may have become an article's last one meanwhile.
constexpr auto delete_page = R"sql(
  DELETE FROM captures
  WHERE row = ?1 AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.last_capture = captures.row)
)sql";

// Of so many articles, as their key begins with the article.
constexpr auto select_old_reading = R"sql(
  SELECT 1 FROM readings r
  WHERE r.article > ?1 AND r.article <= ?2 AND r.at < ?3
    AND EXISTS (SELECT 1 FROM readings n WHERE n.article = r.article AND n.name = r.name AND n.at > r.at)
  LIMIT 1
)sql";
constexpr auto delete_old_readings_of = R"sql(
  DELETE FROM readings
  WHERE (article, name, at) IN (
    SELECT r.article, r.name, r.at FROM readings r
    WHERE r.article > ?1 AND r.article <= ?2 AND r.at < ?3
      AND EXISTS (SELECT 1 FROM readings n WHERE n.article = r.article AND n.name = r.name AND n.at > r.at)
    LIMIT ?4)
)sql";
constexpr auto select_last_article = "SELECT coalesce(max(a.row), 0) FROM articles a";

// From the oldest row on, as rows rise with time: nothing is looked through that stays.
constexpr auto delete_oldest_audit = R"sql(
  DELETE FROM audit
  WHERE audit.row IN (SELECT a.row FROM audit a ORDER BY a.row LIMIT ?3)
    AND (audit.at < ?1 OR audit.row <= (SELECT max(b.row) FROM audit b) - ?2)
)sql";

OldPages find_old_pages(const Reader& reader, Instant before, Place after) {
  auto& query =
      reader.impl().db.use(select_old).bind(before, after.fetched_at, after.row, looked_at_a_step);
  OldPages out;
  std::int64_t looked_at = 0;
  while (query.step()) {
    ++looked_at;
    out.last = {query.integer(0), query.integer(1)};
    if (query.integer(2) == 0) out.rows.push_back(out.last.row);
  }
  out.is_end = looked_at < looked_at_a_step;
  return out;
}

std::int64_t delete_pages(Transaction& transaction, const std::vector<std::int64_t>& rows) {
  std::int64_t deleted = 0;
  for (const auto row : rows) deleted += transaction.db.use(delete_page).bind(row).run();
  return deleted;
}

std::int64_t last_article(const Reader& reader) {
  return reader.impl().db.use(select_last_article).number().value_or(0);
}

bool has_old_readings(const Reader& reader, std::int64_t after, std::int64_t last, Instant before) {
  return reader.impl().db.use(select_old_reading).bind(after, last, before).number().has_value();
}

std::int64_t delete_readings(Transaction& transaction, std::int64_t after, std::int64_t last,
                             Instant before) {
  return transaction.db.use(delete_old_readings_of)
      .bind(after, last, before, looked_at_a_step)
      .run();
}

std::int64_t delete_audit(Transaction& transaction, Instant before, std::int64_t most) {
  return transaction.db.use(delete_oldest_audit).bind(before, most, looked_at_a_step).run();
}

std::int64_t cut(Transaction& transaction) {
  return sqlite::cut_free_pages(transaction.db, pages_cut_a_step);
}

}  // namespace

Task<std::int64_t> delete_old_pages(Store& store, Instant before) {
  std::int64_t deleted = 0;
  Place place{.fetched_at = std::numeric_limits<std::int64_t>::min()};
  for (;;) {
    auto found = co_await store.read(&find_old_pages, before, place);
    place = found.last;
    const bool is_end = found.is_end;
    if (!found.rows.empty()) {
      auto rows = std::move(found.rows);
      deleted += co_await store.write(&delete_pages, std::move(rows));
    }
    if (is_end) co_return deleted;
  }
}

Task<std::int64_t> delete_old_readings(Store& store, Instant before) {
  const auto last = co_await store.ask(&last_article);
  std::int64_t deleted = 0;
  for (std::int64_t after = 0; after < last; after += looked_at_a_step) {
    const auto to = after + looked_at_a_step;
    for (;;) {
      const bool has_any = co_await store.ask(&has_old_readings, after, to, before);
      if (!has_any) break;
      deleted += co_await store.write(&delete_readings, after, to, before);
    }
  }
  co_return deleted;
}

Task<std::int64_t> delete_old_audit(Store& store, Instant before, std::int64_t most) {
  std::int64_t all = 0;
  for (;;) {
    const auto deleted = co_await store.write(&delete_audit, before, most);
    all += deleted;
    if (deleted < looked_at_a_step) co_return all;
  }
}

Task<std::int64_t> give_back_space(Store& store) {
  std::int64_t all = 0;
  for (;;) {
    const auto pages = co_await store.write(&cut);
    if (pages == 0) co_return all;
    all += pages;
  }
}

}  // namespace tinwatch::storage
