#include "api/parameters.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "list_reply.hpp"
#include "replies.hpp"
#include "storage/audit.hpp"
#include "token_json.hpp"

#include <boost/json.hpp>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

constexpr auto name_of = [](const auto& item) { return "row " + std::to_string(item.row); };

json::object audit_json(const storage::AuditView& view) {
  const auto& entry = view.entry;
  return {{"at", to_rfc3339(entry.at)},
          {"who", entry.who},
          {"action", entry.action},
          {"subject", entry.subject},
          {"detail", entry.detail}};
}

}  // namespace

json::object token_json(const storage::TokenView& token) {
  json::object out{{"id", token.id}, {"name", token.name}};
  auto& scopes = out["scopes"].emplace_array();
  const auto words = to_text(token.scopes);
  for (const auto word : split(words, ','))
    if (!word.empty()) scopes.push_back(json::string(word));
  out["createdAt"] = to_rfc3339(token.created_at);
  if (token.expires_at) out["expiresAt"] = to_rfc3339(*token.expires_at);
  if (token.used_at) out["lastUsedAt"] = to_rfc3339(*token.used_at);
  if (token.revoked_at) out["revokedAt"] = to_rfc3339(*token.revoked_at);
  return out;
}

Reply list_tokens(const Question& question) {
  const auto limit = limit_of(question.request);
  const auto before = integer(question.request, "after", 0);
  return list_by_row(storage::tokens(question.reader, before, limit), limit, name_of, token_json);
}

Reply list_audit(const Question& question) {
  const auto limit = limit_of(question.request);
  const auto before = integer(question.request, "after", 0);
  return list_by_row(storage::audit(question.reader, before, limit), limit, name_of, audit_json);
}

}  // namespace tinwatch::api
