#include "receiver_parts.hpp"

#include <algorithm>

namespace tinwatch::config {
namespace {

using alerts::Markup;

/// `smtp://HOST:PORT` or `smtps://HOST:PORT`.
void read_server(YamlReader& in, const ReceiverParts& common, alerts::MailSettings& mail) {
  std::string server;
  std::string tls;
  in.read("server", server);
  in.read("tls", tls);
  const bool is_implicit = server.starts_with("smtps://");
  const auto at = server.find("://");
  mail.host = at == std::string::npos ? "" : server.substr(at + 3);
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
  if (mail.host.empty() || (!is_implicit && !server.starts_with("smtp://")) ||
      mail.host.find_first_not_of(allowed) != std::string::npos)
    in.reject("server must be smtp://HOST:PORT or smtps://HOST:PORT, without a user or password");
  mail.tls = is_implicit ? fetchers::MailTls::implicit : fetchers::MailTls::starttls;
  if (tls == "none")
    mail.tls = fetchers::MailTls::none;
  else if (!tls.empty() && tls != "starttls" && tls != "implicit")
    in.reject("tls: '" + tls + "' is none of starttls, implicit, none");
  else if (!tls.empty() && (tls == "implicit") != is_implicit)
    in.reject("tls: implicit goes with smtps://, starttls with smtp://");
  if (mail.tls == fetchers::MailTls::none && !common.is_private())
    in.reject("tls: none is for a server in a network of your own, which allow_networks names");
}

}  // namespace

void read_email(YamlReader& in, ReceiverParts& common, alerts::ReceiverSettings& receiver) {
  alerts::MailSettings mail{.allow_networks = common.networks};
  if (common.timeout > Duration{0}) mail.timeout = common.timeout;
  read_server(in, common, mail);
  in.read("username", mail.username);
  mail.password = read_secret_text(in, "password", common.file);
  common.secrets += mail.password + '\n';
  in.read("from", mail.from);
  in.read("to", mail.to);
  if (mail.username.empty() != mail.password.empty())
    in.reject("username and password_file go together");
  if (!alerts::is_mail_address(mail.from))
    in.reject("from must be an address such as tinwatch@example.org, not '" + mail.from + "'");
  if (mail.to.empty()) in.reject("to names nobody");
  for (const auto& address : mail.to)
    if (!alerts::is_mail_address(address))
      in.reject("to: '" + address + "' is no address such as desk@example.org");
  receiver.templates.text = read_template(in, common, "text", "text", Markup::plain);
  receiver.templates.marked = read_template(in, common, "html", "html", Markup::html);
  receiver.kind = std::move(mail);
}

void read_chat(YamlReader& in, ReceiverParts& common, alerts::Service service,
               alerts::ReceiverSettings& receiver) {
  using alerts::Service;
  alerts::ChatSettings chat{.service = service, .allow_networks = common.networks};
  if (common.timeout > Duration{0}) chat.timeout = common.timeout;
  switch (service) {
    case Service::telegram:
      chat.url = "https://api.telegram.org";
      in.read("api", chat.url);
      require_url(in, common, chat.url, "api");
      in.read("chat", chat.chat);
      if (chat.chat.empty()) in.reject("needs chat, the id of a chat or @CHANNEL");
      chat.token = read_token(in, common, true);
      break;
    case Service::matrix:
      in.read("homeserver", chat.url);
      require_url(in, common, chat.url, "homeserver");
      in.read("room", chat.chat);
      if (!chat.chat.starts_with('!'))
        in.reject("room must be a room's id such as !id:example.org");
      chat.token = read_token(in, common, true);
      break;
    case Service::ntfy:
      in.read("url", chat.url);
      require_url(in, common, chat.url, "url");
      if (const auto topic = chat.url.substr(chat.url.rfind('/') + 1);
          topic.empty() || std::count(chat.url.begin(), chat.url.end(), '/') < 3)
        in.reject("url must end with the topic, as in https://ntfy.example.org/topic");
      chat.token = read_token(in, common, false);
      break;
    case Service::slack:
    case Service::discord:
    case Service::teams:
    case Service::mattermost: chat.url = read_secret_url(in, common); break;
  }
  while (chat.url.ends_with('/') && service != Service::ntfy) chat.url.pop_back();
  receiver.templates.text = read_template(in, common, "text", "text", Markup::plain);
  receiver.templates.marked = read_template(in, common, "template", alerts::template_of(service),
                                            alerts::markup_of(service));
  receiver.kind = std::move(chat);
}

}  // namespace tinwatch::config
