#include "tables.hpp"

namespace tinwatch::storage {

CommitResult commit_visit(Transaction& transaction, const ArticleCommit& commit) {
  const auto article = write_article(transaction.db, commit);
  if (!article) return CommitResult::conflict;
  note_events(transaction, commit, *article);
  update_frontier(transaction.db, commit.frontier);
  return CommitResult::committed;
}

}  // namespace tinwatch::storage
