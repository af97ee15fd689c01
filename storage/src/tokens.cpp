#include "storage/tokens.hpp"

#include "reader_impl.hpp"
#include "storage/audit.hpp"
#include "transaction.hpp"

#include <limits>

namespace tinwatch::storage {
namespace {

constexpr auto insert_token = R"sql(
  INSERT INTO tokens (id, name, sha256, scopes, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING row
)sql";

constexpr auto all_tokens = R"sql(
  SELECT t.row, t.id, t.name, t.scopes, t.created_at, t.expires_at, t.used_at, t.revoked_at
  FROM tokens t WHERE t.row < ?1 ORDER BY t.row DESC LIMIT ?2
)sql";

// Whose name is empty is called by its id: the audit list says empty for the local socket.
constexpr auto token_that_holds = R"sql(
  SELECT t.row, CASE WHEN t.name = '' THEN t.id ELSE t.name END, t.scopes, t.used_at
  FROM tokens t WHERE t.sha256 = ?1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?2)
)sql";

constexpr auto session_that_holds = R"sql(
  SELECT t.row, CASE WHEN t.name = '' THEN t.id ELSE t.name END, t.scopes, t.used_at, s.row, s.used_at
  FROM sessions s JOIN tokens t ON t.row = s.token
  WHERE s.sha256 = ?1 AND s.used_at > ?3 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?2)
)sql";

// All but the newest; ?2 is how many may stay.
constexpr auto end_idle_sessions = R"sql(
  DELETE FROM sessions WHERE token = ?1 AND row NOT IN (
    SELECT s.row FROM sessions s WHERE s.token = ?1 ORDER BY s.used_at DESC, s.row DESC LIMIT ?2)
)sql";

/// A word that this version does not know allows nothing.
Scopes scopes_of(const std::string& text) { return scopes_from(text).value_or(Scopes()); }

/// Of a statement whose columns begin with these.
KnownToken known_token(const sqlite::Statement& row) {
  return {.row = row.integer(0),
          .name = row.text(1),
          .scopes = scopes_of(row.text(2)),
          .used_at = row.maybe_instant(3)};
}

}  // namespace

std::int64_t create_token(Transaction& transaction, const NewToken& token, const std::string& who) {
  const auto row = transaction.db.use(insert_token)
                       .bind(token.id, token.name, token.sha256, to_text(token.scopes),
                             token.created_at, token.expires_at)
                       .number()
                       .value();
  append_audit(transaction,
               {.at = token.created_at,
                .who = who,
                .action = "token.created",
                .subject = token.id,
                .detail = (token.name.empty() ? "" : token.name + ": ") + to_text(token.scopes)});
  return row;
}

bool revoke_token(Transaction& transaction, const std::string& id, Instant now,
                  const std::string& who) {
  auto& db = transaction.db;
  const auto row = db.use(
                         "UPDATE tokens SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL "
                         "RETURNING row")
                       .bind(id, now)
                       .number();
  if (!row) return false;
  db.use("DELETE FROM sessions WHERE token = ?1").bind(*row).run();
  append_audit(transaction,
               {.at = now, .who = who, .action = "token.revoked", .subject = id, .detail = ""});
  return true;
}

std::vector<TokenView> tokens(const Reader& reader, std::int64_t before, std::size_t limit) {
  constexpr auto last_row = std::numeric_limits<std::int64_t>::max();
  auto& query = reader.impl()
                    .db.use(all_tokens)
                    .bind(before == 0 ? last_row : before, static_cast<std::int64_t>(limit));
  std::vector<TokenView> out;
  out.reserve(limit);
  while (query.step())
    out.push_back({.row = query.integer(0),
                   .id = query.text(1),
                   .name = query.text(2),
                   .scopes = scopes_of(query.text(3)),
                   .created_at = query.instant(4),
                   .expires_at = query.maybe_instant(5),
                   .used_at = query.maybe_instant(6),
                   .revoked_at = query.maybe_instant(7)});
  query.reset();
  return out;
}

std::optional<KnownToken> find_token(const Reader& reader, const std::string& sha256, Instant now) {
  auto& query = reader.impl().db.use(token_that_holds).bind(sha256, now);
  std::optional<KnownToken> out;
  if (query.step()) out = known_token(query);
  query.reset();
  return out;
}

bool note_token_use(Transaction& transaction, std::int64_t token, Instant now) {
  return transaction.db
             .use(
                 "UPDATE tokens SET used_at = ?2 WHERE row = ?1 AND (used_at IS NULL OR "
                 "used_at <= ?3)")
             .bind(token, now, now - use_noted_every)
             .run() > 0;
}

std::int64_t create_session(Transaction& transaction, const std::string& sha256, std::int64_t token,
                            Instant now) {
  auto& db = transaction.db;
  const auto row = db.use(
                         "INSERT INTO sessions (sha256, token, created_at, used_at) VALUES (?1, "
                         "?2, ?3, ?3) RETURNING row")
                       .bind(sha256, token, now)
                       .number()
                       .value();
  db.use(end_idle_sessions).bind(token, most_sessions).run();
  return row;
}

std::optional<KnownSession> find_session(const Reader& reader, const std::string& sha256,
                                         Instant now) {
  auto& query = reader.impl().db.use(session_that_holds).bind(sha256, now, now - session_idle);
  std::optional<KnownSession> out;
  if (query.step())
    out = KnownSession{
        .row = query.integer(4), .used_at = query.instant(5), .token = known_token(query)};
  query.reset();
  return out;
}

bool note_session_use(Transaction& transaction, std::int64_t session, Instant now) {
  auto& db = transaction.db;
  const auto token =
      db.use("UPDATE sessions SET used_at = ?2 WHERE row = ?1 AND used_at <= ?3 RETURNING token")
          .bind(session, now, now - use_noted_every)
          .number();
  if (!token) return false;
  note_token_use(transaction, *token, now);
  return true;
}

bool end_session(Transaction& transaction, const std::string& sha256) {
  return transaction.db.use("DELETE FROM sessions WHERE sha256 = ?1").bind(sha256).run() > 0;
}

std::int64_t forget_sessions(Transaction& transaction, Instant now) {
  return transaction.db.use("DELETE FROM sessions WHERE used_at <= ?1")
      .bind(now - session_idle)
      .run();
}

}  // namespace tinwatch::storage
