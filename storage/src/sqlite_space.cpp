#include "sqlite_space.hpp"

#include <algorithm>

namespace tinwatch::storage::sqlite {
namespace {

std::int64_t number(Connection& db, const char* sql) { return db.use(sql).number().value_or(0); }

}  // namespace

void make_shrinkable(Connection& db) { db.execute("PRAGMA auto_vacuum = INCREMENTAL"); }

std::int64_t cut_free_pages(Connection& db, std::int64_t most) {
  constexpr std::int64_t kept = 20;  // one of so many
  const auto pages = number(db, "PRAGMA page_count");
  const auto surplus = number(db, "PRAGMA freelist_count") - pages / kept;
  if (surplus <= 0) return 0;
  db.execute("PRAGMA incremental_vacuum(" + std::to_string(std::min(most, surplus)) + ")");
  return pages - number(db, "PRAGMA page_count");
}

}  // namespace tinwatch::storage::sqlite
