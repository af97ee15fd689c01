// A planted fault: the one transaction of storage/src/commit_visit.cpp split in two. Linked before
// the library, it takes that file's place. The kill test must find it (tests/e2e/test_kill.py).
#include "tables.hpp"

namespace tinwatch::storage {

CommitResult commit_visit(Transaction& transaction, const ArticleCommit& commit) {
  const auto article = write_article(transaction.db, commit);
  if (!article) return CommitResult::conflict;
  transaction.db.execute("COMMIT; BEGIN IMMEDIATE; SAVEPOINT job");
  note_events(transaction, commit, *article);
  update_frontier(transaction.db, commit.frontier);
  return CommitResult::committed;
}

}  // namespace tinwatch::storage
