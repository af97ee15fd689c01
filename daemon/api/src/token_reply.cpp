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

/// A list by rows, newest first, and where it goes on, if the limit was reached.
template <class Item>
Reply list_of(const std::vector<Item>& items, std::size_t limit,
              const std::function<json::object(const Item&)>& shape) {
  ListReply list;
  json::value next;
  std::size_t shown = 0;
  for (; shown < items.size() && !list.is_full(); ++shown)
    list.add("row " + std::to_string(items[shown].row), [&] { return shape(items[shown]); });
  if (shown > 0 && (shown < items.size() || shown == limit))
    next = std::to_string(items[shown - 1].row);
  return std::move(list).finish(next);
}

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
  return list_of<storage::TokenView>(storage::tokens(question.reader, before, limit), limit,
                                     token_json);
}

Reply list_audit(const Question& question) {
  const auto limit = limit_of(question.request);
  const auto before = integer(question.request, "after", 0);
  return list_of<storage::AuditView>(storage::audit(question.reader, before, limit), limit,
                                     audit_json);
}

}  // namespace tinwatch::api
