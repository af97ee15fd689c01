#include "api/access.hpp"

#include "access_cookie.hpp"
#include "core/hash.hpp"
#include "storage/error.hpp"

#include <utility>

namespace tinwatch::api {
namespace {

/// On this machine, where nobody asks for a token: what there was before there were any.
constexpr Scopes open_scopes{Scope::read, Scope::watch, Scope::metrics};

bool is_due(const std::optional<Instant>& used_at, Instant now) {
  return !used_at || *used_at <= now - storage::use_noted_every;
}

Reply too_many(Duration wait) {
  auto reply = problem(429, "Too Many Requests",
                       "too many tokens from this address did not hold; wait a minute");
  reply.retry_after = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count());
  return reply;
}

}  // namespace

Access::Access(storage::Store& store, Clock& clock, AccessSettings settings)
    : store_(store), clock_(clock), settings_(std::move(settings)) {}

Task<Result<Principal, Reply>> Access::identify(Request& request) {
  if (request.door == Door::local)
    co_return Principal{.scopes = {Scope::admin}, .is_explicit = true};
  // Whom a proxy on this machine passes on is not of this machine.
  if (settings_.is_proxy && settings_.is_proxy(request.peer)) request.needs_token = true;
  auto credentials = take_credentials(request, settings_);
  if (credentials.token) {
    auto address = asking_address(request, settings_);
    auto token = co_await holder_of(std::move(*credentials.token), std::move(address));
    if (!token) co_return fail(std::move(token.error()));
    co_return Principal{
        .name = std::move(token->name), .scopes = token->scopes, .is_explicit = true};
  }
  if (!credentials.user.empty())
    co_return Principal{.name = std::move(credentials.user), .scopes = settings_.user_scopes};
  if (!credentials.session.empty()) {
    auto browser = co_await browser_of(std::move(credentials.session));
    if (browser) co_return std::move(*browser);
  }
  co_return Principal{.scopes = request.needs_token ? Scopes() : open_scopes};
}

Task<Result<storage::KnownToken, Reply>> Access::holder_of(std::string token, std::string address) {
  const auto wait = guesses_.wait(address, clock_.steady());
  if (wait > Duration{0}) co_return fail(too_many(wait));
  const auto now = clock_.now();
  auto hash = sha256_hex(token);
  auto found = co_await store_.ask(&storage::find_token, std::move(hash), now);
  if (!found) {
    guesses_.failed(address, clock_.steady());
    auto reply = problem(401, "Unauthorized",
                         "this token does not hold: it is mistyped, expired or revoked");
    reply.challenge = R"(Bearer realm="tinwatch", error="invalid_token")";
    co_return fail(std::move(reply));
  }
  try {
    if (is_due(found->used_at, now))
      co_await store_.write(&storage::note_token_use, found->row, now);
  } catch (const storage::sqlite::Error&) {
    // A disk that takes nothing is no reason to show nothing; whoever writes will say so.
  }
  co_return std::move(*found);
}

Task<std::optional<Principal>> Access::browser_of(std::string session) {
  const auto now = clock_.now();
  const auto hash = sha256_hex(session);
  auto found = co_await store_.ask(&storage::find_session, hash, now);
  if (!found) co_return std::nullopt;
  try {
    if (is_due(found->used_at, now))
      co_await store_.write(&storage::note_session_use, found->row, now);
  } catch (const storage::sqlite::Error&) {
    // As above.
  }
  co_return Principal{.name = std::move(found->token.name),
                      .scopes = found->token.scopes,
                      .csrf = csrf_of(session),
                      .session = hash};
}

}  // namespace tinwatch::api
