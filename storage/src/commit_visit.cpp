#include "tables.hpp"

namespace tinwatch::storage {

CommitResult commit_visit(sqlite::Connection& db, const ArticleCommit& commit) {
  if (!is_current(db, commit)) return CommitResult::conflict;
  const auto article = write_article(db, commit);
  write_events(db, commit, article);
  update_frontier(db, commit.frontier);
  return CommitResult::committed;
}

}  // namespace tinwatch::storage
