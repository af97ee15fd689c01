#include "access_settings.hpp"
#include "app/daemon.hpp"
#include "pages/login.hpp"

#include <utility>

/// Who is let in.
namespace tinwatch::app {
api::AccessSettings access_settings(const config::HttpSettings& http) {
  api::AccessSettings out{
      .is_proxy = {}, .user_header = http.proxy_user_header, .user_scopes = http.proxy_user_scopes};
  out.is_proxy = [proxies = http.trusted_proxies](const std::string& text) {
    const auto address = fetchers::parse_network(text);
    return address && text.find('/') == std::string::npos &&
           fetchers::within_any(address->address, proxies);
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
