#include "api/change_tokens.hpp"

#include "core/hash.hpp"
#include "core/secret.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/uuid.hpp"
#include "replies.hpp"
#include "storage/tokens.hpp"
#include "token_json.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_name = 100;  // bytes
constexpr auto longest_life = std::chrono::hours{24 * 3660};

/// What is to be made; else why not, for people.
Result<storage::NewToken, std::string> new_token(const Request& request, Instant now) {
  storage::NewToken out{
      .id = new_uuid(now), .name = request.parameter("name"), .sha256 = {}, .created_at = now};
  const auto scopes = scopes_from(request.parameter("scope"));
  if (!scopes)
    return fail(
        "scope must be one or several of read, watch, metrics, feed, admin, with a comma "
        "between, not '" +
        request.parameter("scope") + "'");
  out.scopes = *scopes;
  if (out.name.size() > longest_name) return fail(std::string("name must be of at most 100 bytes"));
  if (std::any_of(out.name.begin(), out.name.end(),
                  [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }))
    return fail(std::string("name must be one line"));
  const auto expires = request.parameter("expires");
  if (expires.empty()) return out;
  const auto life = parse_duration(expires);
  if (!life || *life <= Duration{0} || *life > longest_life)
    return fail("expires must be a duration such as 90d, ten years at most, not '" + expires + "'");
  out.expires_at = now + *life;
  return out;
}

}  // namespace

Task<Reply> create_token(storage::Store& store, Request request, Instant now) {
  auto made = new_token(request, now);
  if (!made) co_return problem(400, "Bad Request", made.error());
  const auto token = token_prefix + new_secret();
  made->sha256 = sha256_hex(token);
  const auto& row = *made;
  co_await store.write(&storage::create_token, row, request.principal.name);
  auto shown = token_json({.id = row.id,
                           .name = row.name,
                           .scopes = row.scopes,
                           .created_at = row.created_at,
                           .expires_at = row.expires_at});
  shown["token"] = token;
  auto reply = json_reply(shown);
  reply.status = 201;
  co_return reply;
}

Task<Reply> revoke_token(storage::Store& store, Request request, Instant now) {
  const auto id = request.path.empty() ? std::string() : request.path.back();
  const bool revoked =
      co_await store.write(&storage::revoke_token, id, now, request.principal.name);
  if (!revoked)
    co_return not_found("no token with the id '" + id +
                        "' holds; 'tinwatch token list' names them");
  co_return json_reply(json::object{{"id", id}, {"revoked", true}});
}

}  // namespace tinwatch::api
