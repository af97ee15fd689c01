#include "core/site_scope.hpp"

#include <algorithm>
#include <libpsl.h>

namespace tinwatch {
namespace {

bool is_address(std::string_view host) {
  return host.starts_with('[') ||
         (!host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

bool is_local_name(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost");
}

std::string port_of(const UrlParts& url) {
  if (!url.port.empty()) return url.port;
  return url.scheme == "http" ? "80" : "443";
}

bool is_usual(std::string_view port) { return port == "80" || port == "443"; }

}  // namespace

std::string registrable_domain(std::string_view host) {
  if (is_address(host) || is_local_name(host)) return {};
  const std::string name(host);
  const char* const domain = psl_registrable_domain(psl_builtin(), name.c_str());
  return domain ? domain : "";
}

std::string domain_of(std::string_view url) {
  const auto parts = parse_url(url);
  if (!parts) return {};
  auto domain = registrable_domain(parts->host);
  return domain.empty() ? parts->host : domain;
}

Result<SiteScope, std::string> SiteScope::make(const std::vector<std::string>& starts,
                                               const std::vector<std::string>& hosts) {
  SiteScope scope;
  for (const auto& start : starts) {
    const auto url = parse_url(start);
    if (!url) continue;
    auto domain = registrable_domain(url->host);
    if (domain.empty()) {
      scope.entries_.push_back({.host = url->host, .port = port_of(*url)});
      continue;
    }
    scope.entries_.push_back({.host = std::move(domain), .with_names_below = true});
    if (!is_usual(port_of(*url))) scope.ports_.push_back(port_of(*url));
  }
  for (const auto& host : hosts) {
    if (host == "*") {
      scope.any_host_ = true;
      continue;
    }
    // What stands there is the authority of an address, and nothing else.
    const auto url = parse_url("http://" + host + "/");
    const bool plain = host.find_first_of("/?#@\\ ") == std::string::npos;
    if (!url || !plain || url->path != "/")
      return fail("'" + host + "' is no host such as tin.example.org or tin.example.org:8080");
    const bool named = host.find(':', host.rfind(']') + 1) != std::string::npos;
    scope.entries_.push_back({.host = url->host,
                              .port = named ? port_of(*url) : std::string(),
                              .with_names_below = !is_address(url->host)});
  }
  return scope;
}

bool SiteScope::covers(const Entry& entry, std::string_view host) {
  if (host == entry.host) return true;
  return entry.with_names_below && host.size() > entry.host.size() + 1 &&
         host.ends_with(entry.host) && host[host.size() - entry.host.size() - 1] == '.';
}

bool SiteScope::holds(std::string_view url) const {
  const auto parts = parse_url(url);
  return parts && holds(*parts);
}

bool SiteScope::holds(const UrlParts& url) const {
  const auto port = port_of(url);
  const bool open = is_usual(port) || std::find(ports_.begin(), ports_.end(), port) != ports_.end();
  if (any_host_ && open) return true;
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return covers(entry, url.host) && (entry.port.empty() ? open : entry.port == port);
  });
}

bool SiteScope::has_usual_port(std::string_view url) {
  const auto parts = parse_url(url);
  return parts && is_usual(port_of(*parts));
}

}  // namespace tinwatch
