#include "core/text.hpp"
#include "reader_impl.hpp"

/// What people are shown of deliveries and messages.
namespace tinwatch::storage {
namespace {

constexpr auto delivery_columns = R"sql(
  SELECT d.seq, d.id, d.receiver, d.state, d.attempts, d.created_at, d.next_at, d.delivered_at, d.last_error, e.id,
    e.type, coalesce(a.id, ''), d.severity, d.watch, d.revision, coalesce((SELECT max(m.id) FROM message_parts p
      JOIN messages m ON m.row = p.message WHERE p.delivery = d.seq), ''), coalesce(substr(a.headline, 1, 300), ''),
    coalesce(s.name, ''), coalesce((SELECT h.transition FROM hits h WHERE h.event = d.event AND h.watch = d.watch), '')
  FROM deliveries d JOIN events e ON e.seq = d.event LEFT JOIN articles a ON a.row = e.article
  LEFT JOIN sources s ON s.row = e.source
)sql";

DeliveryView read_delivery(const sqlite::Statement& row) {
  return {.row = row.integer(0),
          .id = row.text(1),
          .receiver = row.text(2),
          .state = word(delivery_state_from(row.text(3))),
          .attempts = static_cast<int>(row.integer(4)),
          .created_at = row.instant(5),
          .next_at = row.instant(6),
          .delivered_at = row.maybe_instant(7),
          .last_error = row.text(8),
          .event = row.text(9),
          .event_type = row.text(10),
          .article = row.text(11),
          .severity = word(severity_from(row.text(12))),
          .watch = row.text(13),
          .revision = static_cast<int>(row.integer(14)),
          .message = row.text(15),
          .headline = row.text(16),
          .source = row.text(17),
          .transition = row.text(18)};
}

std::vector<DeliveryView> read_deliveries(sqlite::Statement& query) {
  std::vector<DeliveryView> out;
  while (query.step()) out.push_back(read_delivery(query));
  query.reset();
  return out;
}

}  // namespace

std::vector<DeliveryView> Reader::deliveries(const DeliveryFilter& filter) const {
  static const std::string sql =
      std::string(delivery_columns) +
      "WHERE (?1 = '' OR d.state = ?1) AND (?2 = '' OR d.receiver = ?2) AND (?3 = 0 OR d.seq < ?3) "
      "ORDER BY d.seq DESC LIMIT ?4";
  return read_deliveries(impl_->db.use(sql.c_str())
                             .bind(filter.state, filter.receiver, filter.before,
                                   static_cast<std::int64_t>(filter.limit)));
}

std::vector<DeliveryView> Reader::deliveries_of_message(const std::string& message_id,
                                                        std::int64_t after,
                                                        std::size_t limit) const {
  static const std::string sql =
      std::string(delivery_columns) +
      "WHERE d.seq > ?2 AND d.seq IN (SELECT q.delivery FROM message_parts q JOIN messages n ON "
      "n.row = q.message WHERE n.id = ?1) ORDER BY d.seq LIMIT ?3";
  return read_deliveries(
      impl_->db.use(sql.c_str()).bind(message_id, after, static_cast<std::int64_t>(limit)));
}

std::optional<DeliveryView> Reader::delivery(const std::string& id) const {
  static const std::string sql = std::string(delivery_columns) + "WHERE d.id = ?1";
  auto found = read_deliveries(impl_->db.use(sql.c_str()).bind(id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::optional<MessageView> Reader::message(const std::string& id) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT m.id, m.receiver, m.recipient, m.state, m.attempts, m.created_at, m.next_at, m.delivered_at, m.last_error,
      m.title, m.body, (SELECT count(*) FROM message_parts p WHERE p.message = m.row)
    FROM messages m WHERE m.id = ?1
  )sql")
                    .bind(id);
  if (!query.step()) return std::nullopt;
  MessageView out{.id = query.text(0),
                  .receiver = query.text(1),
                  .recipient = query.text(2),
                  .state = word(delivery_state_from(query.text(3))),
                  .attempts = static_cast<int>(query.integer(4)),
                  .created_at = query.instant(5),
                  .next_at = query.instant(6),
                  .delivered_at = query.maybe_instant(7),
                  .last_error = query.text(8),
                  .title = query.text(9),
                  .body = query.blob(10),
                  .deliveries = query.integer(11)};
  query.reset();
  return out;
}

std::optional<Event> Reader::event(const std::string& id) const {
  static const std::string sql = std::string(event_columns) + "WHERE e.id = ?1";
  return read_one_event(impl_->db.use(sql.c_str()).bind(id));
}

}  // namespace tinwatch::storage
