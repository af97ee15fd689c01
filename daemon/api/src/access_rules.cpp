#include "access_cookie.hpp"
#include "api/access.hpp"
#include "core/hash.hpp"
#include "core/secret.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

#include <algorithm>
#include <string_view>

/// Who may ask what: the part that needs no store.
namespace tinwatch::api {
namespace {

/// What comes behind `Bearer` (RFC 6750 section 2.1); nothing: another scheme, such as the one
/// that a proxy asks a password with.
std::optional<std::string> bearer_in(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (!iequals(authorization.substr(0, scheme.size()), scheme)) return std::nullopt;
  return std::string(trim(authorization.substr(scheme.size())));
}

std::string cookie_in(std::string_view cookies, std::string_view name) {
  for (const auto pair : split(cookies, ';')) {
    const auto text = trim(pair);
    if (text.size() > name.size() && text.starts_with(name) && text[name.size()] == '=')
      return std::string(text.substr(name.size() + 1));
  }
  return {};
}

bool is_feed(const Request& request) {
  return !request.path.empty() && request.path.back().ends_with(".atom");
}

/// Who the proxy says it is; a header that stands twice was sent by somebody else, too.
std::string proxy_user_in(const Request& request, const AccessSettings& settings) {
  constexpr std::size_t longest_name = 200;
  if (settings.user_header.empty() || !settings.is_proxy || !settings.is_proxy(request.peer))
    return {};
  const auto lines =
      std::count_if(request.headers.begin(), request.headers.end(),
                    [&](const auto& line) { return line.first == settings.user_header; });
  auto name = request.header(settings.user_header);
  if (lines != 1 || name.size() > longest_name || !is_valid_utf8(name)) return {};
  return name;
}

bool wants_page(const Request& request) {
  return request.is_read() && request.accept.find("text/html") != std::string::npos;
}

/// What the browser says of where the request comes from; an old one says less.
bool is_from_here(const Request& request, const OurNames& names) {
  if (!request.fetch.site.empty())
    return request.fetch.site == "same-origin" || request.fetch.site == "none";
  const auto origin = request.header("origin");
  if (origin.empty()) return true;
  const auto host = host_key(origin);
  return !host.empty() &&
         (host == host_key("http://" + request.host) ||
          host == host_key("https://" + request.host) || host == host_key(names.external_url));
}

/// As a script or as a form sends it.
std::string csrf_in(const Request& request) {
  auto header = request.header("x-csrf-token");
  if (!header.empty()) return header;
  const auto form = parse_form(request.body);
  const auto found = form.find("csrf");
  return found == form.end() ? std::string() : found->second;
}

/// Why who is known by now gets no answer of a route that takes `scope`.
std::optional<Reply> refuse(const Request& request, std::optional<Scope> scope) {
  const auto& who = request.principal;
  if (!scope || who.may(*scope)) return std::nullopt;
  const auto word = std::string(label(*scope));
  if (!who.name.empty()) {
    auto reply = problem(403, "Forbidden",
                         "'" + who.name + "' may not ask this: it takes the scope '" + word + "'");
    reply.challenge =
        R"(Bearer realm="tinwatch", error="insufficient_scope", scope=")" + word + '"';
    return reply;
  }
  if (wants_page(request)) {
    Reply reply{.status = 303, .content_type = "text/plain; charset=utf-8"};
    reply.location = "/login?next=" + percent_encode(target_of(request));
    return reply;
  }
  auto reply =
      problem(401, "Unauthorized",
              "this takes a token with the scope '" + word +
                  "', as 'Authorization: Bearer TOKEN' ('tinwatch token create' makes one), "
                  "or the local socket, where the tinwatch command asks");
  reply.challenge = R"(Bearer realm="tinwatch")";
  return reply;
}

/// Why what changes something is not believed to be meant by the person whose browser sends it.
std::optional<Reply> refuse_forgery(const Request& request, const OurNames& names) {
  const auto& who = request.principal;
  if (request.is_read() || request.door == Door::local || who.is_explicit) return std::nullopt;
  if (!is_from_here(request, names))
    return problem(403, "Forbidden", "another site's page may not ask this");
  if (!who.csrf.empty() && !is_same_secret(csrf_in(request), who.csrf))
    return problem(403, "Forbidden",
                   "the form is not one of this login: load its page again and send it once more");
  return std::nullopt;
}

}  // namespace

std::string csrf_of(const std::string& session) {
  return sha256_hex(hmac_sha256(session, "tinwatch form"));
}

std::string asking_address(const Request& request, const AccessSettings& settings) {
  const auto is_proxy = [&](const std::string& address) {
    return settings.is_proxy && settings.is_proxy(address);
  };
  auto address = request.peer;
  // Each proxy adds whom it was asked by: what stands before the last trusted one may be made up.
  const auto way = request.header("x-forwarded-for");
  auto hops = split(way, ',');
  while (is_proxy(address) && !hops.empty()) {
    const auto hop = trim(hops.back());
    hops.pop_back();
    constexpr std::size_t longest_address = 45;
    if (hop.empty() || hop.size() > longest_address) break;
    address = std::string(hop);
  }
  return counted_address(address);
}

Credentials take_credentials(Request& request, const AccessSettings& settings) {
  Credentials out{.token = bearer_in(request.header("authorization")),
                  .session = cookie_in(request.header("cookie"), session_cookie),
                  .user = proxy_user_in(request, settings)};
  std::erase_if(request.headers, [&](const auto& line) {
    return line.first == "authorization" || line.first == "cookie" ||
           (!settings.user_header.empty() && line.first == settings.user_header);
  });
  if (!is_feed(request)) return out;
  // Readers of feeds know an address alone.
  const auto found = request.query.find("token");
  if (found == request.query.end()) return out;
  if (!out.token) out.token = std::move(found->second);
  request.query.erase(found);
  return out;
}

Result<const Route*, Reply> admit(const Request& request, const OurNames& names) {
  auto route = find_route(request.method, request.path);
  const bool is_stranger = request.needs_token && request.principal.name.empty();
  if (route && (*route)->socket_only && request.door == Door::tcp && !is_stranger)
    return fail(problem(403, "Forbidden",
                        "this is answered over the local socket only: use the tinwatch command"));
  // Where nobody is known without a token, what is not there is told to nobody else, either.
  const auto unknown = request.needs_token ? std::optional(Scope::read) : std::nullopt;
  if (auto refusal = refuse(request, route ? (*route)->scope : unknown))
    return fail(std::move(*refusal));
  if (!route) return route;
  if (auto refusal = refuse_forgery(request, names)) return fail(std::move(*refusal));
  return route;
}

std::string safe_next(const std::string& next) {
  // Taken apart and put together again it is a path, and leads nowhere else.
  const auto asked = parse_target("GET", next);
  const bool is_door =
      asked.path.size() == 1 && (asked.path[0] == "login" || asked.path[0] == "logout");
  return next.size() > longest_url || is_door ? "/" : target_of(asked);
}

}  // namespace tinwatch::api
