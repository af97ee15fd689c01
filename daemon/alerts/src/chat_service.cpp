#include "alerts/chat_service.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "escape.hpp"

#include <boost/json.hpp>

namespace tinwatch::alerts {
namespace {

namespace json = boost::json;

/// core.telegram.org/bots/api: `ok` tells, and how long to wait stands in the body.
std::optional<DeliveryResult> read_telegram(const fetchers::FetchResponse& response) {
  boost::system::error_code error;
  const auto body = json::parse(response.body, error);
  if (error || !body.is_object()) return std::nullopt;
  const auto& answer = body.get_object();
  if (const auto* ok = answer.if_contains("ok"); ok && ok->is_bool() && ok->get_bool()) return true;
  const auto meaning = meaning_of(response);
  if (meaning)
    return fail(DeliveryError{Failure::retry, "Telegram answered that it is not ok", std::nullopt});
  auto failure = meaning.error();
  if (const auto* why = answer.if_contains("description"); why && why->is_string())
    failure.detail += ": " + clipped(std::string(why->get_string()), 200);
  if (const auto* parameters = answer.if_contains("parameters");
      parameters && parameters->is_object())
    if (const auto* after = parameters->get_object().if_contains("retry_after");
        after && after->is_int64())
      failure.retry_after =
          std::chrono::seconds{std::clamp<std::int64_t>(after->get_int64(), 0, 86400)};
  return fail(std::move(failure));
}

/// Connectors of Microsoft 365 answer 200 where Teams did not take the message.
std::optional<DeliveryResult> read_teams(const fetchers::FetchResponse& response) {
  constexpr std::string_view failed = "Webhook message delivery failed";
  if (!std::string_view(response.body).starts_with(failed)) return std::nullopt;
  const bool is_too_often = response.body.find("429") != std::string::npos;
  const bool is_too_large = response.body.find("413") != std::string::npos;
  return fail(DeliveryError{is_too_large && !is_too_often ? Failure::refused : Failure::retry,
                            clipped(response.body, 200), response.retry_after});
}

json::object telegram(const ChatSettings& settings, const ChatText& text, bool plain) {
  json::object out{{"chat_id", settings.chat},
                   {"text", plain ? text.plain : text.text},
                   {"link_preview_options", json::object{{"is_disabled", true}}}};
  if (!plain) out["parse_mode"] = "HTML";
  return out;
}

/// These services take all text for Markdown: without markup it is text with every sign escaped.
std::string unmarked(std::string_view text) {
  std::string out;
  for (const auto line : split(text, '\n')) {
    if (!out.empty()) out += '\n';
    out += escape(Markup::markdown, line);
  }
  return out;
}

json::object slack(const ChatText& text, bool plain) {
  json::object out{{"text", escape_entities(plain ? text.plain : text.title)},
                   {"unfurl_links", false},
                   {"unfurl_media", false}};
  if (plain) {
    out["mrkdwn"] = false;
    return out;
  }
  out["blocks"] = json::array{json::object{
      {"type", "section"}, {"text", json::object{{"type", "mrkdwn"}, {"text", text.text}}}}};
  return out;
}

json::object discord(const ChatText& text, bool plain) {
  constexpr int suppress_embeds = 4;
  constexpr std::size_t most_of_discord = 2000;  // characters; bytes are no fewer
  return {{"content", plain ? std::string(clip(unmarked(text.plain), most_of_discord)) : text.text},
          {"allowed_mentions", json::object{{"parse", json::array()}}},
          {"flags", suppress_embeds}};
}

/// An Adaptive Card of text runs, in which nothing is markup.
json::object teams(const ChatText& text) {
  json::array body;
  bool is_first = true;
  for (const auto line : split(text.plain, '\n')) {
    if (line.empty()) continue;
    json::object run{{"type", "TextRun"}, {"text", std::string(line)}};
    if (is_first) run["weight"] = "Bolder";
    is_first = false;
    body.push_back(json::object{{"type", "RichTextBlock"}, {"inlines", json::array{run}}});
  }
  json::object card{{"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
                    {"type", "AdaptiveCard"},
                    {"version", "1.4"},
                    {"body", std::move(body)}};
  if (!text.link.empty())
    card["actions"] = json::array{
        json::object{{"type", "Action.OpenUrl"}, {"title", "Tinwatch"}, {"url", text.link}}};
  return {{"type", "message"},
          {"attachments",
           json::array{json::object{{"contentType", "application/vnd.microsoft.card.adaptive"},
                                    {"content", std::move(card)}}}}};
}

json::object matrix(const ChatText& text, bool plain) {
  // Nobody is called, whatever an article says (m.mentions).
  json::object out{{"msgtype", "m.text"}, {"body", text.plain}, {"m.mentions", json::object()}};
  if (plain) return out;
  std::string html;
  for (const char c : text.text) {
    if (c == '\n')
      html += "<br>";
    else
      html += c;
  }
  out["format"] = "org.matrix.custom.html";
  out["formatted_body"] = html;
  return out;
}

int priority_of(Severity severity) {
  switch (severity) {
    case Severity::low: return 2;
    case Severity::normal: return 3;
    case Severity::high: return 4;
    case Severity::critical: return 5;
  }
  return 3;
}

/// docs.ntfy.sh/publish: as JSON it goes to the server, and names the topic.
json::object ntfy(const ChatSettings& settings, const ChatText& text) {
  json::object out{{"topic", settings.url.substr(settings.url.rfind('/') + 1)},
                   {"title", text.title},
                   {"message", text.plain},
                   {"priority", priority_of(text.severity)}};
  if (!text.link.empty()) out["click"] = text.link;
  return out;
}

}  // namespace

std::string_view label(Service service) {
  switch (service) {
    case Service::telegram: return "telegram";
    case Service::slack: return "slack";
    case Service::discord: return "discord";
    case Service::teams: return "teams";
    case Service::mattermost: return "mattermost";
    case Service::matrix: return "matrix";
    case Service::ntfy: return "ntfy";
  }
  return "";
}

HttpSettings request_of(const ChatSettings& settings) {
  HttpSettings out{.url = settings.url,
                   .headers = {{"Content-Type", "application/json"}},
                   .timeout = settings.timeout,
                   .allow_networks = settings.allow_networks};
  switch (settings.service) {
    case Service::telegram: out.url += "/bot" + settings.token + "/sendMessage"; break;
    case Service::matrix:
      out.method = "PUT";
      out.url +=
          "/_matrix/client/v3/rooms/" + percent_encode(settings.chat) + "/send/m.room.message/{id}";
      break;
    case Service::ntfy: out.url.erase(out.url.rfind('/') + 1); break;
    case Service::slack:
    case Service::discord:
    case Service::teams:
    case Service::mattermost: break;
  }
  const bool has_bearer = settings.service == Service::matrix || settings.service == Service::ntfy;
  if (has_bearer && !settings.token.empty())
    out.headers.emplace_back("Authorization", "Bearer " + settings.token);
  return out;
}

ReadAnswer answers_of(Service service) {
  switch (service) {
    case Service::telegram: return &read_telegram;
    case Service::teams: return &read_teams;
    case Service::slack:
    case Service::discord:
    case Service::mattermost:
    case Service::matrix:
    case Service::ntfy: return nullptr;
  }
  return nullptr;
}

std::string_view template_of(Service service) {
  switch (service) {
    case Service::telegram:
    case Service::matrix: return "telegram";
    case Service::slack: return "slack";
    case Service::discord:
    case Service::mattermost: return "markdown";
    case Service::teams:
    case Service::ntfy: return "text";
  }
  return "text";
}

Markup markup_of(Service service) {
  switch (service) {
    case Service::telegram:
    case Service::matrix: return Markup::html;
    case Service::slack: return Markup::mrkdwn;
    case Service::discord:
    case Service::mattermost: return Markup::markdown;
    case Service::teams:
    case Service::ntfy: return Markup::plain;
  }
  return Markup::plain;
}

std::size_t limit_of(Service service) {
  switch (service) {
    case Service::telegram: return 4096;  // characters of a message
    case Service::slack: return 3000;     // of the text of a block
    case Service::discord: return 2000;
    // Of Mattermost's older servers, others take 16,383; 28 KB of Teams are that at least, three
    // bytes for a unit at most and some doubled by JSON.
    case Service::mattermost:
    case Service::teams: return 4000;
    case Service::matrix: return 8000;  // an event of 64 KiB, with the text twice
    case Service::ntfy: return 1300;    // 4,096 bytes
  }
  return 2000;
}

std::string body_of(const ChatSettings& settings, const ChatText& text, bool plain) {
  switch (settings.service) {
    case Service::telegram: return json::serialize(telegram(settings, text, plain));
    case Service::slack: return json::serialize(slack(text, plain));
    case Service::discord: return json::serialize(discord(text, plain));
    case Service::teams: return json::serialize(teams(text));
    case Service::mattermost:
      return json::serialize(json::object{
          {"text", plain ? std::string(clip(unmarked(text.plain), limit_of(settings.service)))
                         : text.text}});
    case Service::matrix: return json::serialize(matrix(text, plain));
    case Service::ntfy: return json::serialize(ntfy(settings, text));
  }
  return {};
}

}  // namespace tinwatch::alerts
