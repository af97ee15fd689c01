#include "reader_impl.hpp"
#include "storage/outbox.hpp"

#include <array>
#include <limits>

/// What receivers are told next, and what became of it.
namespace tinwatch::storage {
namespace {

constexpr std::size_t most_waiting = 10'000;
constexpr auto pace_looks_back = std::chrono::minutes{2};
constexpr auto groups_look_back = std::chrono::hours{24};

constexpr auto waiting_columns = R"sql(
    SELECT d.seq, e.type, coalesce(s.name, ''), coalesce(a.id, ''), d.revision, d.watch, d.severity, e.at,
      coalesce(b.editorial_hash, ''), coalesce(r.editorial_hash, '')
    FROM deliveries d JOIN events e ON e.seq = d.event LEFT JOIN sources s ON s.row = e.source
    LEFT JOIN articles a ON a.row = e.article
    LEFT JOIN revisions r ON r.article = e.article AND r.number = d.revision
    LEFT JOIN revisions b ON b.article = e.article AND b.number = d.revision - 1
)sql";

void add_waiting(sqlite::Statement& query, std::vector<WaitingDelivery>& out) {
  while (query.step())
    out.push_back({.row = query.integer(0),
                   .type = event_type_from(query.text(1)),
                   .source = query.text(2),
                   .article = query.text(3),
                   .revision = static_cast<int>(query.integer(4)),
                   .watch = query.text(5),
                   .severity = severity_from(query.text(6)).value_or(Severity::normal),
                   .at = query.instant(7),
                   .state_before = query.text(8),
                   .state_after = query.text(9)});
  query.reset();
}

/// The first of them, and what is critical behind those.
std::vector<WaitingDelivery> waiting_of(sqlite::Connection& db, const std::string& receiver) {
  static const std::string first = std::string(waiting_columns) +
                                   "WHERE d.receiver = ?1 AND d.state = 'pending' ORDER BY d.event "
                                   "LIMIT ?2";
  static const std::string critical =
      std::string(waiting_columns) +
      "WHERE d.receiver = ?1 AND d.state = 'pending' AND d.severity = 'critical' AND d.event > "
      "(SELECT max(o.event) FROM deliveries o WHERE o.seq = ?2) ORDER BY d.event LIMIT 100";
  std::vector<WaitingDelivery> out;
  add_waiting(db.use(first.c_str()).bind(receiver, static_cast<std::int64_t>(most_waiting)), out);
  if (out.size() == most_waiting)
    add_waiting(db.use(critical.c_str()).bind(receiver, out.back().row), out);
  return out;
}

constexpr auto first_message = R"sql(
  SELECT m.row FROM messages m WHERE m.receiver = ?1 AND m.state = 'pending' AND m.next_at <= ?2
  ORDER BY CASE WHEN m.attempts < 3 THEN 0 ELSE 1 END, m.row LIMIT 1
)sql";

/// In order; one that failed three times stands behind those that did not.
std::optional<MessageItem> message_of(sqlite::Connection& db, const std::string& receiver,
                                      Instant now) {
  const auto row = db.use(first_message).bind(receiver, now).number();
  if (!row) return std::nullopt;
  auto& query = db.use(R"sql(
    SELECT m.id, m.recipient, m.attempts, m.failing_since, m.is_plain, m.body, m.plain
    FROM messages m WHERE m.row = ?1
  )sql")
                    .bind(*row);
  if (!query.step()) return std::nullopt;
  MessageItem out;
  out.id = query.text(0);
  out.recipient = query.text(1);
  out.attempts = static_cast<int>(query.integer(2));
  out.failing_since = query.maybe_instant(3);
  out.is_plain = query.integer(4) != 0;
  out.body = query.blob(5);
  out.plain = query.blob(6);
  query.reset();
  return out;
}

}  // namespace

Desk Reader::desk(const std::string& receiver, Instant now, bool has_groups) const {
  auto& db = impl_->db;
  Desk out{.message = message_of(db, receiver, now)};
  if (out.message) return out;
  auto& next = db.use("SELECT min(next_at) FROM messages WHERE receiver = ?1 AND state = 'pending'")
                   .bind(receiver);
  next.step();
  out.next_message_at = next.maybe_instant(0);
  next.reset();
  out.waiting = waiting_of(db, receiver);
  if (out.waiting.empty()) return out;
  auto& busy = db.use(R"sql(
    SELECT DISTINCT a.id FROM messages m JOIN message_parts p ON p.message = m.row
    JOIN deliveries d ON d.seq = p.delivery JOIN events e ON e.seq = d.event JOIN articles a ON a.row = e.article
    LEFT JOIN receivers r ON r.name = m.receiver
    WHERE m.receiver = ?1 AND m.state = 'pending'
      AND (m.attempts < 3 OR r.took_at IS NULL OR m.failing_since IS NULL OR r.took_at <= m.failing_since)
  )sql")
                   .bind(receiver);
  while (busy.step()) out.busy_articles.push_back(busy.text(0));
  auto& snoozed =
      db.use(
            "SELECT seq, watch FROM deliveries WHERE receiver = ?1 AND state = 'snoozed' "
            "ORDER BY event LIMIT ?2")
          .bind(receiver, static_cast<std::int64_t>(most_waiting));
  while (snoozed.step()) out.snoozed.push_back({snoozed.integer(0), snoozed.text(1)});
  auto& written = db.use(
                        "SELECT created_at FROM messages WHERE receiver = ?1 AND created_at > ?2 "
                        "GROUP BY created_at, group_key ORDER BY created_at")
                      .bind(receiver, now - pace_looks_back);
  while (written.step()) out.written_at.push_back(written.instant(0));
  if (!has_groups) return out;
  auto& groups = db.use(
                       "SELECT group_key, max(created_at) FROM messages WHERE receiver = ?1 AND "
                       "created_at > ?2 GROUP BY group_key")
                     .bind(receiver, now - groups_look_back);
  while (groups.step()) out.groups.emplace_back(groups.text(0), groups.instant(1));
  return out;
}

std::optional<Event> Reader::event_of(std::int64_t delivery) const {
  static const std::string sql =
      std::string(event_columns) + "JOIN deliveries d ON d.event = e.seq WHERE d.seq = ?1";
  return read_one_event(impl_->db.use(sql.c_str()).bind(delivery));
}

int Reader::told_revision(const std::string& receiver, const std::string& article_id) const {
  auto& query = impl_->db
                    .use(
                        "SELECT t.revision FROM told t JOIN articles a ON a.row = t.article "
                        "WHERE t.receiver = ?1 AND a.id = ?2")
                    .bind(receiver, article_id);
  return static_cast<int>(query.number().value_or(0));
}

std::optional<DeliveryItem> Reader::next_delivery(const std::string& receiver, Instant now) const {
  static constexpr auto first = R"sql(
    SELECT d.id, d.attempts, d.failing_since, e.seq, e.id, e.type, coalesce(s.name, ''), coalesce(a.id, ''), e.at,
      e.sequence, e.discovery, e.data
    FROM deliveries d JOIN events e ON e.seq = d.event LEFT JOIN sources s ON s.row = e.source
    LEFT JOIN articles a ON a.row = e.article
    WHERE d.receiver = ?1 AND d.state = 'pending' AND d.next_at <= ?2 AND d.attempts >= ?3 AND d.attempts < ?4
      AND NOT EXISTS (SELECT 1 FROM events f CROSS JOIN deliveries p
        WHERE f.article = e.article AND f.seq < e.seq AND p.event = f.seq AND p.receiver = ?1 AND p.state = 'pending')
    ORDER BY d.event LIMIT 1
  )sql";
  // In two steps, each along the index: the first row that fits ends it. CROSS JOIN holds SQLite to
  // its order: by the article's few events, not by all that is pending.
  constexpr int stubborn_from = 3;
  constexpr std::array ranges = {std::pair{0, stubborn_from},
                                 std::pair{stubborn_from, std::numeric_limits<int>::max()}};
  for (const auto& [from, to] : ranges) {
    auto& query = impl_->db.use(first).bind(receiver, now, from, to);
    if (!query.step()) continue;
    DeliveryItem item{.id = query.text(0),
                      .attempts = static_cast<int>(query.integer(1)),
                      .failing_since = query.maybe_instant(2),
                      .event = read_event(query, 3)};
    query.reset();
    return item;
  }
  return std::nullopt;
}

std::optional<Instant> Reader::next_delivery_at(const std::string& receiver, Instant now) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT min(next_at) FROM deliveries WHERE receiver = ?1 AND state = 'pending' AND next_at > ?2
  )sql")
                    .bind(receiver, now);
  query.step();
  const auto at = query.maybe_instant(0);
  query.reset();
  return at;
}

std::vector<std::pair<std::string, std::int64_t>> Reader::waiting_deliveries() const {
  auto& query = impl_->db.use(
      "SELECT receiver, count(*) FROM deliveries WHERE state IN ('pending', 'written') GROUP BY "
      "receiver");
  std::vector<std::pair<std::string, std::int64_t>> out;
  while (query.step()) out.emplace_back(query.text(0), query.integer(1));
  return out;
}

ReceiverState Reader::receiver(const std::string& name) const {
  auto& query =
      impl_->db
          .use(
              "SELECT failures, paused_until, disabled, failing_since, is_failing, took_at FROM "
              "receivers WHERE name = ?1")
          .bind(name);
  if (!query.step()) return {.name = name};
  ReceiverState state{.name = name,
                      .failures = static_cast<int>(query.integer(0)),
                      .paused_until = query.maybe_instant(1),
                      .disabled = query.integer(2) != 0,
                      .failing_since = query.maybe_instant(3),
                      .is_failing = query.integer(4) != 0,
                      .took_at = query.maybe_instant(5)};
  query.reset();
  return state;
}

std::vector<ReceiverState> Reader::failing_receivers() const {
  auto& query = impl_->db.use(
      "SELECT name, failing_since FROM receivers WHERE is_failing <> 0 ORDER BY name");
  std::vector<ReceiverState> out;
  while (query.step())
    out.push_back(
        {.name = query.text(0), .failing_since = query.maybe_instant(1), .is_failing = true});
  return out;
}

}  // namespace tinwatch::storage
