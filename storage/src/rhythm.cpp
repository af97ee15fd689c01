#include "storage/rhythm.hpp"

#include "reader_impl.hpp"

namespace tinwatch::storage {
namespace {

constexpr std::int64_t most_rows = 100'000;

std::optional<std::int64_t> row_of(sqlite::Connection& db, const std::string& source) {
  return db.use("SELECT s.row FROM sources s WHERE s.name = ?1").bind(source).number();
}

/// Days and hours of the reader's zone.
class Days {
 public:
  explicit Days(const RhythmQuestion& question)
      : offset_(std::chrono::milliseconds(question.utc_offset).count()),
        first_(in_zone(question.now) / day_ms - question.days + 1) {}

  /// The first moment of the first of them.
  [[nodiscard]] Instant since() const { return Instant(Duration(first_ * day_ms - offset_)); }
  void count(Instant at, std::vector<std::int64_t>& days) const {
    const auto day = in_zone(at) / day_ms - first_;
    if (day >= 0 && day < static_cast<std::int64_t>(days.size()))
      ++days[static_cast<std::size_t>(day)];
  }
  void count_hour(Instant at, std::array<std::int64_t, 24>& hours) const {
    const auto of_day = in_zone(at) % day_ms;
    if (of_day > 0) ++hours[static_cast<std::size_t>(of_day / hour_ms)];  // below 0: before 1970
  }

 private:
  static constexpr std::int64_t hour_ms = 3'600'000;
  static constexpr std::int64_t day_ms = 24 * hour_ms;

  [[nodiscard]] std::int64_t in_zone(Instant at) const {
    return at.time_since_epoch().count() + offset_;
  }

  std::int64_t offset_;
  std::int64_t first_;
};

void count_articles(sqlite::Connection& db, std::int64_t source, const Days& days,
                    SourceRhythm& out) {
  auto& query = db.use(R"sql(
    SELECT a.first_seen_at, a.published_at FROM articles a
    WHERE a.source = ?1 AND a.first_seen_at >= ?2 AND a.discovery = 'live'
    ORDER BY a.first_seen_at DESC LIMIT ?3
  )sql")
                    .bind(source, days.since(), most_rows);
  while (query.step()) {
    days.count(query.instant(0), out.articles);
    if (const auto printed = query.maybe_instant(1)) days.count_hour(*printed, out.hours);
  }
}

void count_edits(sqlite::Connection& db, std::int64_t source, const Days& days, SourceRhythm& out) {
  auto& query = db.use(R"sql(
    SELECT e.at FROM events e WHERE e.source = ?1 AND e.type = 'tinwatch.article.revised' AND e.at >= ?2
    ORDER BY e.at DESC LIMIT ?3
  )sql")
                    .bind(source, days.since(), most_rows);
  while (query.step()) days.count(query.instant(0), out.edits);
}

/// By the names of the record's members: within a string their quotes would be escaped. Only names
/// that no other object of a record has.
FieldFill fill_of(sqlite::Connection& db, std::int64_t source) {
  auto& query = db.use(R"sql(
    SELECT count(*), count(*) FILTER (WHERE q.headline <> ''), count(*) FILTER (WHERE q.published_at IS NOT NULL),
      count(*) FILTER (WHERE q.record LIKE '%"author":%'),
      count(*) FILTER (WHERE q.record LIKE '%"articleSection":%'),
      count(*) FILTER (WHERE q.record LIKE '%"articleBody":%'), count(*) FILTER (WHERE q.record LIKE '%"image":%')
    FROM (SELECT a.headline, a.published_at, r.record
      FROM articles a JOIN revisions r ON r.article = a.row AND r.number = a.head_revision
      WHERE a.source = ?1 AND a.status <> 'erased' ORDER BY a.first_seen_at DESC LIMIT ?2) AS q
  )sql")
                    .bind(source, FieldFill::most_articles);
  FieldFill out;
  if (query.step())
    out = {.articles = query.integer(0),
           .headline = query.integer(1),
           .date = query.integer(2),
           .author = query.integer(3),
           .section = query.integer(4),
           .text = query.integer(5),
           .image = query.integer(6)};
  query.reset();
  return out;
}

std::vector<SourceList> first_lists(sqlite::Connection& db, std::int64_t source) {
  auto& query = db.use(R"sql(
    SELECT f.url, f.kind, f.is_start, f.has_named, c.succeeded_at, c.due_at, c.state, c.failures, c.outcome, c.detail
    FROM frontier f JOIN checks c ON c.frontier = f.row
    WHERE f.source = ?1 AND f.kind <> 'article' AND f.further_page = 0
    ORDER BY f.is_start DESC, c.failures DESC, f.row LIMIT ?2
  )sql")
                    .bind(source, static_cast<std::int64_t>(SourceLook::most_lists));
  std::vector<SourceList> out;
  out.reserve(SourceLook::most_lists);
  while (query.step()) {
    SourceList list{.url = query.text(0),
                    .kind = word(target_kind_from(query.text(1))),
                    .is_start = query.integer(2) != 0,
                    .has_named = query.integer(3) != 0,
                    .succeeded_at = query.maybe_instant(4),
                    .due_at = {},
                    .failures = query.integer(7),
                    .outcome = query.text(8),
                    .detail = query.text(9)};
    if (query.text(6) == "waiting") list.due_at = query.instant(5);
    out.push_back(std::move(list));
  }
  return out;
}

void sum_up_lists(sqlite::Connection& db, std::int64_t source, SourceLook& out) {
  auto& query = db.use(R"sql(
    SELECT count(*), count(*) FILTER (WHERE c.failures > 0), max(c.succeeded_at),
      min(c.due_at) FILTER (WHERE c.state = 'waiting')
    FROM frontier f JOIN checks c ON c.frontier = f.row WHERE f.source = ?1 AND f.kind <> 'article'
  )sql")
                    .bind(source);
  if (query.step()) {
    out.lists = query.integer(0);
    out.failing = query.integer(1);
    out.source.last_success_at = query.maybe_instant(2);
    out.next_look = query.maybe_instant(3);
  }
  query.reset();
}

}  // namespace

std::vector<SourceTitle> source_titles(const Reader& reader) {
  auto& query = reader.impl().db.use("SELECT name, title FROM sources ORDER BY name");
  std::vector<SourceTitle> out;
  while (query.step()) out.push_back({.name = query.text(0), .title = query.text(1)});
  query.reset();
  return out;
}

std::optional<SourceRhythm> rhythm_of(const Reader& reader, const RhythmQuestion& question) {
  auto& db = reader.impl().db;
  const auto source = row_of(db, question.source);
  if (!source) return std::nullopt;
  const Days days(question);
  const auto number = static_cast<std::size_t>(question.days);
  std::optional<SourceRhythm> out(std::in_place);
  out->articles.resize(number);
  out->edits.resize(number);
  count_articles(db, *source, days, *out);
  count_edits(db, *source, days, *out);
  return out;
}

std::optional<SourceLook> look_at_source(const Reader& reader, const std::string& name) {
  auto& db = reader.impl().db;
  auto& query = db.use(R"sql(
    SELECT s.row, s.name, s.title, s.active, s.last_new_article_at, s.silent_since, s.silent_reason,
      s.unreachable_since, s.unreachable_reason, s.drifted_since, s.drifted_fields,
      (SELECT count(*) FROM (SELECT 1 FROM articles a WHERE a.source = s.row LIMIT ?2) AS counted)
    FROM sources s WHERE s.name = ?1
  )sql")
                    .bind(name, SourceLook::most_counted);
  if (!query.step()) return std::nullopt;
  const auto row = query.integer(0);
  std::optional<SourceLook> out(std::in_place);
  out->source = {
      .name = query.text(1),
      .title = query.text(2),
      .active = query.integer(3) != 0,
      .articles = query.integer(11),
      .last_success_at = {},
      .last_new_article_at = query.maybe_instant(4),
      .silent_since = query.maybe_instant(5),
      .silent_reason = silent_reason_from(query.text(6)).value_or(SilentReason::nothing_new),
      .unreachable_since = query.maybe_instant(7),
      .drifted_since = query.maybe_instant(9)};
  out->unreachable_reason = query.text(8);
  out->drifted_fields = query.text(10);
  query.reset();
  sum_up_lists(db, row, *out);
  out->first = first_lists(db, row);
  out->fill = fill_of(db, row);
  return out;
}

}  // namespace tinwatch::storage
