#include "core/hash.hpp"
#include "core/text.hpp"
#include "receiver_parts.hpp"

#include <functional>
#include <optional>
#include <pwd.h>

namespace tinwatch::config {
namespace {

using alerts::Markup;
using alerts::ReceiverSettings;
using namespace std::chrono_literals;

void read_webhook(YamlReader& in, ReceiverParts& common, ReceiverSettings& receiver) {
  std::string url;
  in.read("url", url);
  auto http = http_settings(common, url);
  in.read("timeout", http.timeout);
  http.is_signed = true;
  http.headers = {{"Content-Type", "application/cloudevents+json"}};
  http.keys = read_secrets(in, common.file);
  for (const auto& key : http.keys) common.secrets += key + '\n';
  require_url(in, common, url, "url");
  receiver.kind = alerts::WebhookSettings{std::move(http)};
}

void read_alertmanager(YamlReader& in, ReceiverParts& common, ReceiverSettings& receiver) {
  std::string url;
  in.read("url", url);
  require_url(in, common, url, "url");
  if (!url.ends_with('/')) url += '/';
  auto http = http_settings(common, url + "api/v2/alerts");
  http.headers = {{"Content-Type", "application/json"}};
  if (const auto token = read_token(in, common, false); !token.empty())
    http.headers.emplace_back("Authorization", "Bearer " + token);
  receiver.kind = alerts::AlertmanagerSettings{std::move(http)};
}

/// The user of that name on this machine.
std::optional<alerts::ExecUser> find_user(const std::string& name) {
  std::vector<char> texts(std::size_t{1} << 16U);
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwnam_r(name.c_str(), &entry, texts.data(), texts.size(), &found) != 0 || !found)
    return std::nullopt;
  return alerts::ExecUser{name, found->pw_gid};
}

void read_exec(YamlReader& in, const ReceiverParts& common, ReceiverSettings& receiver) {
  alerts::ExecSettings exec;
  in.read("command", exec.command);
  std::string user;
  in.read("user", user);
  if (!user.empty()) {
    exec.user = find_user(user);
    if (!exec.user) in.reject("user: there is no user '" + user + "' on this machine");
  }
  if (common.timeout > Duration{0}) exec.timeout = common.timeout;
  if (exec.command.empty() || !exec.command.front().starts_with('/'))
    in.reject(
        "command must be a list whose first is the absolute path of a program; no shell "
        "reads it");
  receiver.kind = std::move(exec);
}

void read_file(YamlReader& in, ReceiverSettings& receiver) {
  alerts::FileSettings file;
  in.read("path", file.path);
  if (!file.path.starts_with('/')) in.reject("path must be absolute, not '" + file.path + "'");
  receiver.kind = std::move(file);
}

void read_http_receiver(YamlReader& in, ReceiverParts& common, ReceiverSettings& receiver) {
  const auto url = read_open_or_secret_url(in, common);
  auto http = http_settings(common, url);
  in.read("method", http.method);
  if (http.method != "POST" && http.method != "PUT")
    in.reject("method must be POST or PUT, not '" + http.method + "'");
  std::string type = "application/json";
  in.section("headers", [&](YamlReader& headers) {
    for (const auto& name : headers.keys()) {
      std::string value;
      headers.read(name.c_str(), value);
      constexpr std::string_view forbidden("\r\n\0", 3);
      if (value.find_first_of(forbidden) != std::string::npos ||
          name.find(':') != std::string::npos)
        headers.reject(name + ": a header is one line");
      if (iequals(name, "content-type"))
        type = value;
      else
        http.headers.emplace_back(name, value);
    }
  });
  if (const auto token = read_token(in, common, false); !token.empty())
    http.headers.emplace_back("Authorization", "Bearer " + token);
  http.headers.emplace_back("Content-Type", type);
  const bool is_json = contains_in_any_case(type, "json");
  const bool is_html = contains_in_any_case(type, "html");
  const auto markup = is_json ? Markup::json : is_html ? Markup::html : Markup::plain;
  alerts::TemplateSettings any{.http = std::move(http),
                               .body = read_template(in, common, "body", "text", markup)};
  if (!in.take("body").IsDefined()) in.reject("needs body, a Mustache template");
  in.section("success", [&](YamlReader& success) {
    std::string status = "2xx";
    success.read("status", status);
    if (status != "2xx") success.reject("status: nothing but 2xx is a success");
    success.read("json", any.success.pointer);
    success.read("equals", any.success.equals);
    if (!any.success.pointer.starts_with('/'))
      success.reject("json must be a JSON pointer such as /ok");
  });
  receiver.kind = std::move(any);
}

void read_heartbeat(YamlReader& in, ReceiverParts& common, ReceiverSettings& receiver) {
  const auto url = read_open_or_secret_url(in, common);
  alerts::HeartbeatSettings heartbeat{.http = http_settings(common, url)};
  if (common.timeout == 0ms) heartbeat.http.timeout = 5s;
  in.read("every", heartbeat.every);
  if (heartbeat.every < 1s) in.reject("every must be 1s or more");
  receiver.kind = std::move(heartbeat);
}

/// How a receiver of people is told unless it says otherwise: machines that a template is made for
/// wait for nothing.
void read_stages(YamlReader& in, const TimeZone& zone, ReceiverSettings& receiver) {
  std::string language = "vi";
  in.read("lang", language);
  if (language != "vi" && language != "en")
    in.reject("lang must be vi or en, not '" + language + "'");
  receiver.language = language == "en" ? Language::en : Language::vi;
  if (alerts::is_program(receiver.kind)) {
    for (const auto* key : {"settle", "settle_max", "quiet_hours", "group_by", "group_wait",
                            "group_interval", "digest"})
      if (in.take(key).IsDefined())
        in.reject(in.take(key), std::string(key) + " is for receivers of people: a " +
                                    std::string(alerts::kind_name(receiver.kind)) +
                                    " is sent every event as it is");
    receiver.policy.pace = 0;
    in.read("pace", receiver.policy.pace);
    return;
  }
  if (std::holds_alternative<alerts::TemplateSettings>(receiver.kind)) receiver.policy.settle = 0ms;
  read_message_policy(in, zone, receiver.policy);
}

}  // namespace

ReceiverSettings read_receiver(YamlReader& in, const Config& config, const TimeZone& zone) {
  ReceiverSettings receiver;
  in.read("name", receiver.name);
  in.read("team", receiver.team);
  require_name(in, receiver.name);
  std::string severity(label(receiver.min_severity));
  in.read("min_severity", severity);
  if (const auto known = severity_from(severity))
    receiver.min_severity = *known;
  else
    in.reject("min_severity: '" + severity + "' is none of low, normal, high, critical");
  ReceiverParts common{.file = config.file, .networks = read_networks(in)};
  in.read("timeout", common.timeout);
  int kinds = 0;
  std::string way;  // by which it is reached
  const auto kind = [&](const char* name, const std::function<void(YamlReader&)>& read) {
    if (!in.take(name).IsDefined()) return;
    ++kinds;
    in.section(name, [&](YamlReader& block) {
      read(block);
      way = std::string(name) + '\n' + block.dump();
    });
  };
  kind("webhook", [&](YamlReader& block) { read_webhook(block, common, receiver); });
  kind("email", [&](YamlReader& block) { read_email(block, common, receiver); });
  kind("alertmanager", [&](YamlReader& block) { read_alertmanager(block, common, receiver); });
  kind("exec", [&](YamlReader& block) { read_exec(block, common, receiver); });
  kind("file", [&](YamlReader& block) { read_file(block, receiver); });
  kind("http", [&](YamlReader& block) { read_http_receiver(block, common, receiver); });
  kind("heartbeat", [&](YamlReader& block) { read_heartbeat(block, common, receiver); });
  for (const auto service : alerts::all_services)
    kind(std::string(label(service)).c_str(),
         [&](YamlReader& block) { read_chat(block, common, service, receiver); });
  if (kinds != 1)
    in.reject(
        "a receiver has one of webhook, email, telegram, slack, discord, teams, mattermost, "
        "matrix, ntfy, alertmanager, exec, file, http, heartbeat; this one has " +
        std::to_string(kinds));
  read_stages(in, zone, receiver);
  for (const auto& network : *common.networks) way += '\n' + network.text;
  way += '\n' + std::to_string(common.timeout.count()) + '\n' + common.secrets;
  receiver.fingerprint = sha256_hex(way);
  return receiver;
}

}  // namespace tinwatch::config
