#include "api/guard.hpp"

#include "api/routes.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

#include <algorithm>
#include <string_view>

namespace tinwatch::api {
namespace {

std::string without_port(const std::string& host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_our_host(const Request& request, const OurNames& names) {
  if (is_loopback_name(request.host)) return true;
  const auto name = ascii_lower(without_port(request.host));
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

bool is_loopback_name(const std::string& host) {
  const auto name = ascii_lower(without_port(host));
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

bool is_examination(const Request& request) {
  const auto route = find_route(request.method, request.path);
  return route && (*route)->is_examination;
}

std::optional<Reply> turn_away(const Request& request, const OurNames& names) {
  if (request.door == Door::local) return std::nullopt;
  if (!is_our_host(request, names))
    return problem(403, "Forbidden",
                   "the Host header names another server; see http.allowed_hosts");
  if (is_another_sites(request))
    return problem(403, "Forbidden", "another site's page may not ask this");
  return std::nullopt;
}

}  // namespace tinwatch::api
