#include "tables.hpp"

namespace tinwatch::storage {
namespace {

constexpr auto update_seen = R"sql(
  UPDATE frontier SET state = ?2, last_visit_at = ?3, last_success_at = ?3, due_at = ?4,
    failures = 0, etag = ?5, last_modified = ?6, body_sha256 = ?7, parse_attempts = 0,
    priority = iif(kind = 'article', 1, priority), shortcuts = ?8, due_reason = ?9
  WHERE row = ?1
)sql";

constexpr auto update_failed = R"sql(
  UPDATE frontier SET state = ?2, last_visit_at = ?3, due_at = ?4, failures = ?5, parse_attempts = iif(?6, parse_attempts, 0),
    due_reason = ?7
  WHERE row = ?1
)sql";

constexpr auto insert_found = R"sql(
  INSERT INTO frontier (source, url, host, kind, state, discovery, priority, found_at, due_at, found_on)
  SELECT ?1, ?2, ?3, ?4, 'waiting', ?5, iif(?4 <> 'article', 1, iif(?5 = 'live', 0, 2)), ?6, ?6, ?7
  WHERE NOT EXISTS (SELECT 1 FROM article_urls WHERE source = ?1 AND url = ?2)
  ON CONFLICT (source, url) DO NOTHING
)sql";

// The pages of several lists link each other: none is read twice for one gap.
constexpr auto insert_further = R"sql(
  INSERT INTO frontier (source, url, host, kind, state, discovery, priority, found_at, due_at, found_on,
    further_page, due_reason)
  SELECT ?1, ?2, ?3, 'listing', 'waiting', 'live', 1, ?4, ?4, ?5, ?6, 'news may have gone by on the page before'
  WHERE NOT EXISTS (SELECT 1 FROM article_urls WHERE source = ?1 AND url = ?2)
  ON CONFLICT (source, url) DO UPDATE SET state = 'waiting', due_at = excluded.due_at, failures = 0,
    further_page = excluded.further_page, due_reason = excluded.due_reason
    WHERE frontier.further_page > 0 AND ifnull(frontier.last_visit_at, 0) < excluded.found_at - 3600000
)sql";

// An address that shows an article already known comes back only to be looked at.
constexpr auto revive = R"sql(
  INSERT INTO frontier (source, url, host, kind, state, discovery, priority, found_at, due_at)
  VALUES (?1, ?2, ?3, 'article', 'waiting', ?4, 1, ?5, ?5)
  ON CONFLICT (source, url) DO UPDATE SET state = 'waiting', due_at = excluded.due_at,
    priority = min(priority, excluded.priority)
)sql";

constexpr auto waits_at = "SELECT 1 FROM frontier WHERE host = ?1 AND state = 'waiting' LIMIT 1";

constexpr auto due_now = R"sql(
  UPDATE frontier SET due_at = ?2, state = 'waiting', due_reason = 'asked for', priority = min(priority, 1)
  WHERE (url = ?1 OR source IN (SELECT row FROM sources WHERE name = ?1)
         OR url IN (SELECT canonical_url FROM articles WHERE id = ?1))
    AND (state = 'waiting' OR url = ?1 OR url IN (SELECT canonical_url FROM articles WHERE id = ?1))
)sql";

// Most visits are as the last one was: then one row is changed.
constexpr auto repeat_visit = R"sql(
  UPDATE visits SET last_at = ?2, times = times + 1
  WHERE frontier = ?1 AND first_at = (SELECT max(first_at) FROM visits WHERE frontier = ?1)
    AND outcome = ?3 AND detail = ?4
)sql";

constexpr auto insert_visit = "INSERT OR REPLACE INTO visits VALUES (?1, ?2, ?2, 1, ?3, ?4)";

constexpr auto forget_visits = R"sql(
  DELETE FROM visits WHERE frontier = ?1 AND first_at <=
    (SELECT first_at FROM visits WHERE frontier = ?1 ORDER BY first_at DESC LIMIT 1 OFFSET 20)
)sql";

void note_visit(sqlite::Connection& db, const FrontierUpdate& update) {
  if (update.outcome.empty()) return;
  db.use(repeat_visit).bind(update.row, update.visited_at, update.outcome, update.detail).run();
  if (db.changes() > 0) return;
  db.use(insert_visit).bind(update.row, update.visited_at, update.outcome, update.detail).run();
  db.use(forget_visits).bind(update.row).run();
}

/// Takes what a list names, as far as its host and its source may still bring something new.
class Intake {
 public:
  Intake(sqlite::Connection& db, const ListCommit& commit, ListResult& out)
      : db_(db), commit_(commit), out_(out) {}

  void take(const FoundUrl& found) {
    if (!has_room(found.host)) {
      ++out_.left_out;
      return;
    }
    db_.use(insert_found)
        .bind(commit_.source, found.url, found.host, label(found.kind), label(commit_.discovery),
              commit_.at, commit_.url)
        .run();
    const auto inserted = static_cast<int>(db_.changes());
    out_.added[found.host] += inserted;
    added_ += inserted;
    if (found.kind == TargetKind::article) new_articles_ += inserted;
  }
  [[nodiscard]] int new_articles() const { return new_articles_; }

 private:
  bool has_room(const std::string& host) {
    const auto most = commit_.most_new.find(host);
    if (most != commit_.most_new.end() && out_.added[host] >= most->second) return false;
    return added_ < commit_.most_of_source && may_be_asked(host);
  }

  bool may_be_asked(const std::string& host) {
    const auto [known, is_first] = hosts_.try_emplace(host, false);
    if (!is_first) return known->second;
    auto& waits = db_.use(waits_at).bind(host);
    known->second = waits.step();
    waits.reset();
    if (!known->second && out_.new_hosts < commit_.most_new_hosts) {
      ++out_.new_hosts;
      known->second = true;
    }
    return known->second;
  }

  sqlite::Connection& db_;
  const ListCommit& commit_;
  ListResult& out_;
  std::map<std::string, bool> hosts_;  // whether addresses at them are taken
  int added_ = 0;
  int new_articles_ = 0;
};

}  // namespace

void update_frontier(sqlite::Connection& db, const FrontierUpdate& update) {
  if (update.success) {
    db.use(update_seen)
        .bind(update.row, label(update.state), update.visited_at, update.due_at, update.etag,
              update.last_modified, update.body_sha256, update.shortcuts, update.due_reason)
        .run();
  } else {
    db.use(update_failed)
        .bind(update.row, label(update.state), update.visited_at, update.due_at, update.failures,
              static_cast<int>(update.keep_parse_attempts), update.due_reason)
        .run();
  }
  note_visit(db, update);
}

void add_address(sqlite::Connection& db, SourceRow source, const FoundUrl& found,
                 Discovery discovery, Instant now) {
  db.use(revive).bind(source, found.url, found.host, label(discovery), now).run();
}

ListResult write_list(sqlite::Connection& db, const ListCommit& commit) {
  ListResult out;
  auto frontier = commit.frontier;
  Intake intake(db, commit, out);
  for (const auto& found : commit.found) intake.take(found);
  if (out.left_out > 0) {
    // The list is not known as read.
    frontier.etag.clear();
    frontier.last_modified.clear();
    frontier.body_sha256.clear();
  }
  out.has_gap = commit.next && intake.new_articles() >= commit.gap;
  if (out.has_gap)
    db.use(insert_further)
        .bind(commit.source, commit.next->url, commit.next->host, commit.at, commit.url,
              commit.further_page)
        .run();
  if (commit.frontier.success)
    db.use("UPDATE sources SET last_success_at = ?2 WHERE row = ?1")
        .bind(commit.source, commit.at)
        .run();
  update_frontier(db, frontier);
  return out;
}

void write_region(sqlite::Connection& db, ArticleRow article, const std::string& region,
                  int misses) {
  db.use("INSERT OR REPLACE INTO regions VALUES (?1, ?2, ?3)")
      .bind(article, sqlite::Blob{region}, misses)
      .run();
}

void note_failed_parse(sqlite::Connection& db, FrontierRow row) {
  db.use("UPDATE frontier SET parse_attempts = parse_attempts + 1 WHERE row = ?1").bind(row).run();
}

std::int64_t make_due(sqlite::Connection& db, const std::string& source_or_url, Instant now) {
  db.use(due_now).bind(source_or_url, now).run();
  return db.changes();
}

}  // namespace tinwatch::storage
