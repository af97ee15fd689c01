#include "access_cookie.hpp"
#include "api/access.hpp"
#include "core/hash.hpp"
#include "core/secret.hpp"
#include "core/text.hpp"

#include <utility>

namespace tinwatch::api {
namespace {

/// Browsers keep none for longer; when it holds no more is ours to say.
constexpr auto longest_cookie = std::chrono::hours{24 * 400};

/// Where there is no TLS, on this machine itself, a browser would not keep a `Secure` one.
std::string cookie(const Request& request, const std::string& value, std::chrono::seconds age) {
  return std::string(session_cookie) + '=' + value +
         "; HttpOnly; SameSite=Strict; Path=/; Max-Age=" + std::to_string(age.count()) +
         (is_loopback_name(request.host) ? "" : "; Secure");
}

Reply go_to(std::string path, std::string set_cookie) {
  Reply reply{.status = 303, .content_type = "text/plain; charset=utf-8"};
  reply.location = std::move(path);
  reply.set_cookie = std::move(set_cookie);
  return reply;
}

}  // namespace

Task<Reply> Access::log_in(Request request) {
  auto form = parse_form(request.body);
  auto address = asking_address(request, settings_);
  std::string token(trim(form["token"]));
  auto known = co_await holder_of(std::move(token), std::move(address));
  if (!known) co_return std::move(known.error());
  if (!known->scopes.allow(Scope::read))
    co_return problem(403, "Forbidden",
                      "this token does not allow to read: it takes one with the scope 'read'");
  const auto secret = new_secret();
  auto hash = sha256_hex(secret);
  co_await store_.write(&storage::create_session, std::move(hash), known->row, clock_.now());
  co_return go_to(safe_next(form["next"]), cookie(request, secret, longest_cookie));
}

Task<Reply> Access::log_out(Request request) {
  // Anybody may ask this: a commit of nothing would cost the writer, and say that the disk takes
  // it.
  if (!request.principal.session.empty())
    co_await store_.write(&storage::end_session, request.principal.session);
  co_return go_to("/login", cookie(request, "", std::chrono::seconds{0}));
}

}  // namespace tinwatch::api
