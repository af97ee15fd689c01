#include "api/guard.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace tinwatch::api {
namespace {

bool is_path(const Request& request, std::initializer_list<std::string_view> path) {
  return std::equal(path.begin(), path.end(), request.path.begin(), request.path.end());
}

bool is_command(const Request& request) {
  return is_path(request, {"-", "reload"}) || is_path(request, {"api", "v1", "recheck"}) ||
         is_path(request, {"api", "v1", "fetch"}) || is_path(request, {"api", "v1", "outbox"}) ||
         is_path(request, {"api", "v1", "receivers", "test"});
}

std::string without_port(const std::string& host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_our_host(const Request& request, const OurNames& names) {
  const auto name = ascii_lower(without_port(request.host));
  if (name == "127.0.0.1" || name == "localhost" || name == "[::1]") return true;
  const auto ours = parse_url(names.external_url);
  if (ours && name == ours->host) return true;
  return std::any_of(names.allowed_hosts.begin(), names.allowed_hosts.end(),
                     [&](const auto& host) { return iequals(host, name); });
}

/// A page of another site may lead a person here; it may not have us work for it, as an image, a
/// frame or a script would.
bool is_another_sites(const Request& request) {
  if (request.fetch.site != "cross-site") return false;
  const auto& to = request.fetch.destination;
  const bool followed_a_link =
      request.is_read() && request.fetch.mode == "navigate" && (to.empty() || to == "document");
  return !followed_a_link;
}

}  // namespace

bool is_examination(const Request& request) {
  return is_path(request, {"api", "v1", "check"}) || is_path(request, {"api", "v1", "verify"});
}

std::optional<Reply> turn_away(const Request& request, const OurNames& names) {
  const bool command = is_command(request);
  if (request.door == Door::tcp) {
    if (!is_our_host(request, names))
      return problem(403, "Forbidden",
                     "the Host header names another server; see http.allowed_hosts");
    if (is_another_sites(request))
      return problem(403, "Forbidden", "another site's page may not ask this");
    if (command || is_examination(request))
      return problem(403, "Forbidden",
                     "this is answered over the local socket only: use the tinwatch command");
  }
  if (command ? request.method == "POST" : request.is_read()) return std::nullopt;
  auto reply = problem(405, "Method Not Allowed",
                       command ? "only POST is answered here" : "only GET is answered here");
  reply.allow = command ? "POST" : "GET, HEAD";
  return reply;
}

}  // namespace tinwatch::api
