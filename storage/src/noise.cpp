#include "reader_impl.hpp"
#include "tables.hpp"

/// Text that moves by itself on the pages of one template, and what may be such.
namespace tinwatch::storage {
namespace {

// A site can show another line at every look: the last ones stay.
constexpr std::int64_t most_noise_of_a_template = 64;
constexpr std::int64_t most_noise_of_a_source = 1024;
constexpr std::int64_t most_suspects_of_a_template = 256;
constexpr std::int64_t most_suspects_of_a_source = 4096;

// What it says at this look; `?8`: when the look before counts.
constexpr auto note_look = R"sql(
  UPDATE suspects SET
    moves = moves + CASE WHEN seen_at >= ?8 AND value <> ?5 THEN 1 ELSE 0 END,
    fresh = fresh + CASE WHEN seen_at >= ?8 AND value <> ?5 AND value_before <> ?5 THEN 1 ELSE 0 END,
    value_before = CASE WHEN seen_at < ?8 THEN ?6 WHEN value <> ?5 THEN value ELSE value_before END,
    value = ?5, seen_at = ?7
  WHERE source = ?1 AND template = ?2 AND form = ?3 AND article = ?4
)sql";

constexpr auto suspect = R"sql(
  INSERT INTO suspects (source, template, form, article, value, value_before, moves, fresh, seen_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7)
)sql";

constexpr auto insert_noise = R"sql(
  INSERT INTO noise (source, template, form, moves, articles, learned_at, met_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
  ON CONFLICT (source, template, form) DO UPDATE SET met_at = excluded.met_at
)sql";

constexpr auto meet =
    "UPDATE noise SET met_at = ?4 WHERE source = ?1 AND template = ?2 AND form = ?3";

constexpr auto forget_suspects_of_template = R"sql(
  DELETE FROM suspects WHERE source = ?1 AND template = ?2 AND (form, article) IN
    (SELECT s.form, s.article FROM suspects s WHERE s.source = ?1 AND s.template = ?2
     ORDER BY s.seen_at DESC, s.form, s.article LIMIT 1000000 OFFSET ?3)
)sql";

constexpr auto forget_suspects_of_source = R"sql(
  DELETE FROM suspects WHERE source = ?1 AND (template, form, article) IN
    (SELECT s.template, s.form, s.article FROM suspects s WHERE s.source = ?1
     ORDER BY s.seen_at DESC, s.template, s.form, s.article LIMIT 1000000 OFFSET ?2)
)sql";

constexpr auto forget_noise_of_template = R"sql(
  DELETE FROM noise WHERE source = ?1 AND template = ?2 AND form IN
    (SELECT n.form FROM noise n WHERE n.source = ?1 AND n.template = ?2
     ORDER BY n.met_at DESC, n.form LIMIT 1000000 OFFSET ?3)
)sql";

constexpr auto forget_noise_of_source = R"sql(
  DELETE FROM noise WHERE source = ?1 AND (template, form) IN
    (SELECT n.template, n.form FROM noise n WHERE n.source = ?1
     ORDER BY n.met_at DESC, n.template, n.form LIMIT 1000000 OFFSET ?2)
)sql";

}  // namespace

void write_noise(sqlite::Connection& db, SourceRow source, ArticleRow article,
                 const NoiseNotes& notes, Instant now) {
  const auto& where = notes.address_template;
  bool has_new = false;
  for (const auto& look : notes.looks) {
    const auto known = db.use(note_look)
                           .bind(source, where, look.form, article, look.value, look.before, now,
                                 now - notes.moves_within)
                           .run();
    if (known > 0) continue;
    db.use(suspect).bind(source, where, look.form, article, look.value, look.before, now).run();
    has_new = true;
  }
  for (const auto& form : notes.met) db.use(meet).bind(source, where, form, now).run();
  for (const auto& one : notes.learned)
    db.use(insert_noise).bind(source, where, one.form, one.moves, one.articles, now).run();
  if (has_new) {
    db.use(forget_suspects_of_template).bind(source, where, most_suspects_of_a_template).run();
    db.use(forget_suspects_of_source).bind(source, most_suspects_of_a_source).run();
  }
  if (!notes.learned.empty()) {
    db.use(forget_noise_of_template).bind(source, where, most_noise_of_a_template).run();
    db.use(forget_noise_of_source).bind(source, most_noise_of_a_source).run();
  }
}

void forget_noise(sqlite::Connection& db, Instant now) {
  db.use("DELETE FROM noise WHERE met_at < ?1").bind(now - noise_kept).run();
  db.use("DELETE FROM suspects WHERE seen_at < ?1").bind(now - suspicion_kept).run();
}

bool knows_noise(sqlite::Connection& db) {
  return db.use("SELECT 1 FROM noise LIMIT 1").number().has_value();
}

std::vector<Noise> Reader::noise(const std::string& source,
                                 const std::string& address_template) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT n.form, n.moves, n.articles, n.learned_at, n.met_at FROM noise n JOIN sources s ON s.row = n.source
    WHERE s.name = ?1 AND n.template = ?2 ORDER BY n.form
  )sql")
                    .bind(source, address_template);
  std::vector<Noise> out;
  while (query.step())
    out.push_back({.form = query.text(0),
                   .moves = static_cast<int>(query.integer(1)),
                   .articles = static_cast<int>(query.integer(2)),
                   .learned_at = query.instant(3),
                   .met_at = query.instant(4)});
  return out;
}

std::vector<Suspect> Reader::suspects(SourceRow source, const std::string& address_template,
                                      ArticleRow article, Instant since) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT form, sum(moves), sum(fresh), count(*) FILTER (WHERE moves > 0),
      count(*) FILTER (WHERE article = ?3 AND seen_at >= ?4), count(*) FILTER (WHERE article = ?3),
      coalesce(sum(moves) FILTER (WHERE article = ?3), 0)
    FROM suspects WHERE source = ?1 AND template = ?2 GROUP BY form ORDER BY form
  )sql")
                    .bind(source, address_template, article, since);
  std::vector<Suspect> out;
  while (query.step())
    out.push_back({.form = query.text(0),
                   .moves = static_cast<int>(query.integer(1)),
                   .fresh = static_cast<int>(query.integer(2)),
                   .articles = static_cast<int>(query.integer(3)),
                   .is_own = query.integer(4) > 0,
                   .was_own = query.integer(5) > 0,
                   .own_moves = static_cast<int>(query.integer(6))});
  return out;
}

}  // namespace tinwatch::storage
