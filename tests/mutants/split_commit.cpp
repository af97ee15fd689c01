// A planted fault: the one transaction of storage/src/commit_visit.cpp split in two. Linked before
// the library, it takes that file's place. The kill test must find it (tests/e2e/test_kill.py).
#include "tables.hpp"

namespace tinwatch::storage {

CommitResult commit_visit(sqlite::Connection& db, const ArticleCommit& commit) {
  if (!is_current(db, commit)) return CommitResult::conflict;
  const auto article = write_article(db, commit);
  db.execute("COMMIT; BEGIN IMMEDIATE; SAVEPOINT job");
  write_events(db, commit, article);
  update_frontier(db, commit.frontier);
  return CommitResult::committed;
}

}  // namespace tinwatch::storage
