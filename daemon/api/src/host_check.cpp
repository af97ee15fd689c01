#include "api/host_check.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <algorithm>

namespace tinwatch::api {
namespace {

std::string without_port(const std::string& host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

}  // namespace

bool is_our_host(const Request& request, const std::string& external_url,
                 const std::vector<std::string>& allowed_hosts) {
  if (request.door == Door::local) return true;
  const auto name = ascii_lower(without_port(request.host));
  if (name == "127.0.0.1" || name == "localhost" || name == "[::1]") return true;
  const auto ours = parse_url(external_url);
  if (ours && name == ours->host) return true;
  return std::any_of(allowed_hosts.begin(), allowed_hosts.end(),
                     [&](const auto& host) { return iequals(host, name); });
}

bool may_change(const Request& request, const std::string& external_url) {
  return request.door == Door::local || request.origin.empty() ||
         same_origin(request.origin, external_url);
}

}  // namespace tinwatch::api
