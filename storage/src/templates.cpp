#include "reader_impl.hpp"
#include "tables.hpp"

/// What fetched pages turned out to be, by the form of their addresses.
namespace tinwatch::storage {
namespace {

constexpr std::int64_t one_vote = 1000;
// Whoever owns a site can make up forms of addresses without end: the last ones stay.
constexpr std::int64_t most_of_a_host = 64;
constexpr std::int64_t most_of_a_source = 1024;

// From sixteen on, a vote takes a thirty-second from those before: the site may be built anew.
constexpr auto add_vote = R"sql(
  INSERT INTO templates (source, template, host, articles, others, voted_at)
  SELECT f.source, ?2, f.host, ?3, ?4, ?5 FROM frontier f WHERE f.row = ?1
  ON CONFLICT (source, template) DO UPDATE SET
    articles = templates.articles + excluded.articles -
      CASE WHEN templates.articles + templates.others < 16000 THEN 0 ELSE templates.articles / 32 END,
    others = templates.others + excluded.others -
      CASE WHEN templates.articles + templates.others < 16000 THEN 0 ELSE templates.others / 32 END,
    host = excluded.host, voted_at = excluded.voted_at
  RETURNING articles + others
)sql";

constexpr auto forget_surplus_of_host = R"sql(
  DELETE FROM templates WHERE source = (SELECT f.source FROM frontier f WHERE f.row = ?1) AND template IN
    (SELECT t.template FROM templates t JOIN frontier f ON f.row = ?1 AND f.source = t.source AND f.host = t.host
     ORDER BY t.voted_at DESC, t.template LIMIT 1000000 OFFSET ?2)
)sql";

constexpr auto forget_surplus_of_source = R"sql(
  DELETE FROM templates WHERE source = (SELECT f.source FROM frontier f WHERE f.row = ?1) AND template IN
    (SELECT t.template FROM templates t JOIN frontier f ON f.row = ?1 AND f.source = t.source
     ORDER BY t.voted_at DESC, t.template LIMIT 1000000 OFFSET ?2)
)sql";

double votes(std::int64_t thousandths) {
  return static_cast<double>(thousandths) / static_cast<double>(one_vote);
}

}  // namespace

void write_vote(sqlite::Connection& db, FrontierRow row, const Vote& vote, Instant now) {
  if (vote.address_template.empty()) return;
  const auto all = db.use(add_vote)
                       .bind(row, vote.address_template, vote.is_article ? one_vote : 0,
                             vote.is_article ? 0 : one_vote, now)
                       .number();
  if (!all || *all > one_vote) return;
  db.use(forget_surplus_of_host).bind(row, most_of_a_host).run();
  db.use(forget_surplus_of_source).bind(row, most_of_a_source).run();
}

void forget_votes(sqlite::Connection& db, Instant before) {
  db.use("DELETE FROM templates WHERE voted_at < ?1").bind(before).run();
}

std::vector<LearnedTemplate> Reader::learned_templates(SourceRow source, Instant since) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT template, articles, others FROM templates WHERE source = ?1 AND voted_at >= ?2
  )sql")
                    .bind(source, since);
  std::vector<LearnedTemplate> out;
  while (query.step())
    out.push_back({query.text(0), votes(query.integer(1)), votes(query.integer(2))});
  return out;
}

std::optional<LearnedTemplate> Reader::learned_template(const std::string& source,
                                                        const std::string& address_template,
                                                        Instant since) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT t.template, t.articles, t.others FROM templates t JOIN sources s ON s.row = t.source
    WHERE s.name = ?1 AND t.template = ?2 AND t.voted_at >= ?3
  )sql")
                    .bind(source, address_template, since);
  if (!query.step()) return std::nullopt;
  LearnedTemplate out{query.text(0), votes(query.integer(1)), votes(query.integer(2))};
  query.reset();
  return out;
}

}  // namespace tinwatch::storage
