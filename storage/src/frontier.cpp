#include "tables.hpp"

#include <algorithm>

/// Which URLs are visited.
namespace tinwatch::storage {
namespace {

// Where an article was shown already, its canonical address is the one that is visited; a page
// behind an article's first is read with that one.
constexpr auto insert_found = R"sql(
  INSERT INTO frontier (source, url, host, kind, discovery, found_at, found_on, is_sure, list_read_at)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
  WHERE NOT EXISTS (SELECT 1 FROM article_urls u WHERE u.source = ?1 AND u.url = ?2)
    AND NOT EXISTS (SELECT 1 FROM article_pages g WHERE g.source = ?1 AND g.url = ?2)
  ON CONFLICT (source, url) DO NOTHING RETURNING row
)sql";

// What was taken for a list is an article; a start page is what the configuration says.
constexpr auto correct_kind = R"sql(
  UPDATE frontier SET kind = 'article', discovery = ?3, is_sure = 1
  WHERE source = ?1 AND url = ?2 AND kind = 'listing' AND is_start = 0 AND further_page = 0
  RETURNING row
)sql";

constexpr auto check_corrected = R"sql(
  UPDATE checks SET state = 'waiting', priority = ?2, due_at = ?3, due_reason = ?4, failures = 0, shortcuts = 0
  WHERE frontier = ?1
)sql";

// What was given up and is still named is tried again, ever more seldom: after as many minutes as
// the square of its failures, a day at most.
constexpr auto revive = R"sql(
  UPDATE checks SET state = 'waiting', due_reason = 'given up, and a list names it still',
    due_at = checked_at + CASE WHEN failures < 38 THEN failures * failures * 60000 ELSE 86400000 END
  WHERE frontier = (SELECT f.row FROM frontier f WHERE f.source = ?1 AND f.url = ?2 AND f.kind = 'article')
    AND state = 'retired' AND succeeded_at IS NULL AND failures > 0 AND checked_at IS NOT NULL
)sql";

constexpr auto insert_check = R"sql(
  INSERT INTO checks (frontier, host, state, priority, due_at, due_reason)
  VALUES (?1, ?2, 'waiting', ?3, ?4, ?5)
)sql";

// The pages of several lists link each other: none is read twice for one gap.
constexpr auto insert_further = R"sql(
  INSERT INTO frontier (source, url, host, kind, discovery, found_at, found_on, further_page, list_read_at)
  SELECT ?1, ?2, ?3, 'listing', 'live', ?4, ?5, ?6, ?8
  WHERE NOT EXISTS (SELECT 1 FROM article_urls u WHERE u.source = ?1 AND u.url = ?2)
  ON CONFLICT (source, url) DO UPDATE SET further_page = excluded.further_page, list_read_at = excluded.list_read_at
    WHERE frontier.further_page > 0 AND NOT EXISTS
      (SELECT 1 FROM checks c WHERE c.frontier = frontier.row AND c.checked_at >= ?7)
  RETURNING row
)sql";

constexpr auto check_further = R"sql(
  INSERT INTO checks (frontier, host, state, priority, due_at, due_reason)
  VALUES (?1, ?2, 'waiting', ?3, ?4, ?5)
  ON CONFLICT (frontier) DO UPDATE SET state = 'waiting', due_at = excluded.due_at,
    due_reason = excluded.due_reason, failures = 0
)sql";

constexpr auto insert_address = R"sql(
  INSERT INTO frontier (source, url, host, kind, discovery, found_at) VALUES (?1, ?2, ?3, 'article', ?4, ?5)
  ON CONFLICT (source, url) DO NOTHING
)sql";

// An address that shows an article already known comes back only to be looked at.
constexpr auto check_address = R"sql(
  INSERT INTO checks (frontier, host, state, priority, due_at)
  SELECT f.row, f.host, 'waiting', ?3, ?4 FROM frontier f WHERE f.source = ?1 AND f.url = ?2
  ON CONFLICT (frontier) DO UPDATE SET state = 'waiting', due_at = excluded.due_at,
    priority = CASE WHEN checks.priority < excluded.priority THEN checks.priority ELSE excluded.priority END
)sql";

constexpr auto waits_at = "SELECT 1 FROM checks WHERE host = ?1 AND state = 'waiting' LIMIT 1";

// A source's URLs but those that are retired, or one URL, whatever it is.
constexpr auto due_now = R"sql(
  UPDATE checks SET due_at = ?2, state = 'waiting', due_reason = 'asked for',
    priority = CASE WHEN priority < ?3 THEN priority ELSE ?3 END
  WHERE frontier IN (SELECT f.row FROM frontier f WHERE f.url = ?1
      OR f.url IN (SELECT a.canonical_url FROM articles a WHERE a.id = ?1))
    OR (state = 'waiting' AND frontier IN
      (SELECT f.row FROM frontier f JOIN sources s ON s.row = f.source WHERE s.name = ?1))
  RETURNING frontier
)sql";

void add_check(sqlite::Connection& db, const char* sql, std::int64_t frontier,
               const FoundUrl& found, const NextVisit& next) {
  db.use(sql)
      .bind(frontier, found.host, static_cast<int>(found.priority), next.at, next.reason)
      .run();
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
    const auto row = db_.use(insert_found)
                         .bind(commit_.source, found.url, found.host, label(found.kind),
                               label(commit_.discovery), commit_.at, commit_.url, found.is_sure,
                               commit_.list_read_at)
                         .number();
    if (!row) {
      if (found.is_sure) correct(found);
      if (found.kind == TargetKind::article) db_.use(revive).bind(commit_.source, found.url).run();
      return;
    }
    add_check(db_, insert_check, *row, found, {commit_.at + found.wait, {}});
    ++out_.added[found.host];
    ++added_;
    if (found.names_article()) ++new_articles_;
  }
  [[nodiscard]] int new_articles() const { return new_articles_; }

 private:
  void correct(const FoundUrl& found) {
    const auto row =
        db_.use(correct_kind).bind(commit_.source, found.url, label(commit_.discovery)).number();
    if (row)
      db_.use(check_corrected)
          .bind(*row, static_cast<int>(found.priority), commit_.at, "a feed names it an article")
          .run();
  }

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

void add_address(sqlite::Connection& db, SourceRow source, const FoundUrl& found,
                 Discovery discovery, Instant now) {
  db.use(insert_address).bind(source, found.url, found.host, label(discovery), now).run();
  db.use(check_address).bind(source, found.url, static_cast<int>(Priority::known), now).run();
}

ListResult write_list(sqlite::Connection& db, const ListCommit& commit) {
  ListResult out;
  Intake intake(db, commit, out);
  for (const auto& found : commit.found) intake.take(found);
  out.has_gap = commit.next && intake.new_articles() >= commit.gap;
  if (out.has_gap) {
    const auto row =
        db.use(insert_further)
            .bind(commit.source, commit.next->url, commit.next->host, commit.at, commit.url,
                  commit.further_page, commit.further_unread_since, commit.list_read_at)
            .number();
    if (row) add_check(db, check_further, *row, *commit.next, commit.further);
  }
  update_frontier(db, commit.frontier);
  const bool names_articles = std::any_of(commit.found.begin(), commit.found.end(),
                                          [](const FoundUrl& one) { return one.names_article(); });
  if (names_articles)
    db.use("UPDATE frontier SET has_named = 1 WHERE row = ?1 AND has_named = 0")
        .bind(commit.frontier.row)
        .run();
  // What was left out has to be met again: the list is not known as read.
  if (out.left_out > 0) write_page_state(db, commit.frontier.row, {});
  return out;
}

void note_failed_parse(sqlite::Connection& db, FrontierRow row) {
  db.use("UPDATE frontier SET parse_attempts = parse_attempts + 1 WHERE row = ?1").bind(row).run();
}

std::int64_t make_due(sqlite::Connection& db, const std::string& source_or_url, Instant now) {
  auto& made = db.use(due_now).bind(source_or_url, now, static_cast<int>(Priority::known));
  std::int64_t count = 0;
  while (made.step()) ++count;
  return count;
}

}  // namespace tinwatch::storage
