#pragma once

#include "alerts/http_sink.hpp"
#include "alerts/letter_template.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

/// Chats and push services: each a template, a form of request and a limit of its own.
namespace tinwatch::alerts {

enum class Service { telegram, slack, discord, teams, mattermost, matrix, ntfy };
inline constexpr std::array all_services{Service::telegram, Service::slack,      Service::discord,
                                         Service::teams,    Service::mattermost, Service::matrix,
                                         Service::ntfy};
[[nodiscard]] std::string_view label(Service service);

/// Where messages go; what a service has no use for is empty.
struct ChatSettings {
  Service service = Service::telegram;
  std::string url;    ///< of the webhook, the homeserver, the ntfy topic; of Telegram its API
  std::string chat;   ///< Telegram's chat, Matrix's room
  std::string token;  ///< never logged
  Duration timeout = std::chrono::seconds{20};
  std::shared_ptr<const std::vector<fetchers::Network>> allow_networks;
};

/// How the service is asked.
[[nodiscard]] HttpSettings request_of(const ChatSettings& settings);
/// What its answers say beside their status; null: nothing.
[[nodiscard]] ReadAnswer answers_of(Service service);
/// Its template's name among those that ship.
[[nodiscard]] std::string_view template_of(Service service);
[[nodiscard]] Markup markup_of(Service service);
/// UTF-16 units that a rendered template may have.
[[nodiscard]] std::size_t limit_of(Service service);

/// A letter in the form of the service.
struct ChatText {
  std::string title;  ///< plain, one line
  std::string text;   ///< in the service's markup
  std::string plain;  ///< without markup
  std::string link;   ///< to what it is about
  Severity severity = Severity::normal;
};
/// The body of the request. `plain`: without markup, after it was refused with it.
[[nodiscard]] std::string body_of(const ChatSettings& settings, const ChatText& text, bool plain);

}  // namespace tinwatch::alerts
