#include "access_settings.hpp"
#include "app/daemon.hpp"
#include "pages/login.hpp"

#include <algorithm>
#include <utility>

/// Who is let in.
namespace tinwatch::app {
namespace {

/// Whether the first bits of both are the same.
bool is_in(const fetchers::Network& address, const fetchers::Network& network) {
  for (int bit = 0; bit < network.prefix; ++bit) {
    const auto byte = static_cast<std::size_t>(bit) / 8;
    const auto differs = address.address[byte] ^ network.address[byte];
    if (((differs >> (7 - bit % 8)) & 1) != 0) return false;
  }
  return true;
}

}  // namespace

api::AccessSettings access_settings(const config::HttpSettings& http) {
  api::AccessSettings out{
      .is_proxy = {}, .user_header = http.proxy_user_header, .user_scopes = http.proxy_user_scopes};
  out.is_proxy = [proxies = http.trusted_proxies](const std::string& text) {
    const auto address = fetchers::parse_network(text);
    return address && text.find('/') == std::string::npos &&
           std::any_of(proxies.begin(), proxies.end(),
                       [&](const auto& proxy) { return is_in(*address, proxy); });
  };
  return out;
}

Task<Result<const api::Route*, api::Reply>> Daemon::let_in(api::Request& request) {
  const api::OurNames names{config_.http.external_url, config_.http.allowed_hosts};
  if (auto refusal = api::turn_away(request, names)) co_return fail(std::move(*refusal));
  auto who = co_await access_.identify(request);
  if (!who) co_return fail(std::move(who.error()));
  request.principal = std::move(*who);
  co_return api::admit(request, names);
}

Task<api::Reply> Daemon::log_in(api::Request request) {
  auto sent = request;
  auto reply = co_await access_.log_in(std::move(sent));
  co_return pages::login_refused(request, std::move(reply));
}

}  // namespace tinwatch::app
