#include "alerts/receiver.hpp"

#include "alerts/alertmanager.hpp"
#include "alerts/file_sink.hpp"
#include "core/event_json.hpp"
#include "core/screen_text.hpp"
#include "core/uuid.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace tinwatch::alerts {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

/// Of what a letter is about first: its difference, its article.
std::string link_of(const Letter& letter, const LetterStyle& style) {
  if (letter.is_summary || letter.stories.empty()) return style.external_url;
  const auto& story = letter.stories.front();
  for (auto page : {difference_page(story, style), article_page(story, style)})
    if (!page.empty()) return page;
  return style.external_url;
}

/// The first line, as one line of text: what a page prints may hold line ends and signs that are
/// not seen.
std::string title_of(const Letter& letter, const LetterStyle& style) {
  return escape_controls(first_line(letter, style));
}

Severity severity_of(const Letter& letter) {
  auto out = Severity::low;
  for (const auto& story : letter.stories) out = std::max(out, story.severity);
  return out;
}

std::vector<Written> write_mail(const MailSettings& settings, const ReceiverTemplates& templates,
                                const Letter& letter, const LetterStyle& style) {
  constexpr std::size_t most_of_mail = 200'000;  // UTF-16 units; servers take 10 MB and more
  Mail mail{.id = letter.id,
            .at = letter.at,
            .from = settings.from,
            .subject = title_of(letter, style),
            .text = templates.text.render(letter, style, most_of_mail),
            .html = templates.marked.render(letter, style, most_of_mail),
            .is_urgent = severity_of(letter) == Severity::critical};
  if (letter.stories.size() == 1 && !letter.is_summary) {
    const auto& story = letter.stories.front();
    mail.thread = story.id;
    if (story.watches.size() == 1) mail.list = story.watches.front().name;
  }
  std::vector<Written> out;
  for (const auto& recipient : settings.to) {
    mail.to = recipient;
    if (!out.empty()) mail.id = new_uuid(letter.at);
    out.push_back({mail.id, recipient, mail.subject, mail_bytes(mail), ""});
  }
  return out;
}

std::vector<Written> write_chat(const ChatSettings& settings, const ReceiverTemplates& templates,
                                const Letter& letter, const LetterStyle& style) {
  const auto most = limit_of(settings.service);
  const ChatText text{.title = title_of(letter, style),
                      .text = templates.marked.render(letter, style, most),
                      .plain = templates.text.render(letter, style, most),
                      .link = link_of(letter, style),
                      .severity = severity_of(letter)};
  return {
      {letter.id, "", text.title, body_of(settings, text, false), body_of(settings, text, true)}};
}

/// A service that answers 200 whatever happened says in its body how it went.
struct AnswerTest {
  SuccessTest test;

  std::optional<DeliveryResult> operator()(const fetchers::FetchResponse& response) const {
    if (!meaning_of(response)) return std::nullopt;
    boost::system::error_code error;
    const auto body = boost::json::parse(response.body, error);
    const auto* value = error ? nullptr : body.find_pointer(test.pointer, error);
    if (value) {
      const auto text =
          value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
      if (text == test.equals) return true;
    }
    return fail(DeliveryError{Failure::retry,
                              "the answer's " + test.pointer + " is not " + test.equals,
                              response.retry_after});
  }
};

}  // namespace

std::string_view kind_name(const ReceiverKind& kind) {
  return std::visit(
      Overloaded{[](const WebhookSettings&) -> std::string_view { return "webhook"; },
                 [](const MailSettings&) -> std::string_view { return "email"; },
                 [](const ChatSettings& chat) { return label(chat.service); },
                 [](const AlertmanagerSettings&) -> std::string_view { return "alertmanager"; },
                 [](const ExecSettings&) -> std::string_view { return "exec"; },
                 [](const FileSettings&) -> std::string_view { return "file"; },
                 [](const TemplateSettings&) -> std::string_view { return "http"; },
                 [](const HeartbeatSettings&) -> std::string_view { return "heartbeat"; }},
      kind);
}

bool is_program(const ReceiverKind& kind) {
  return std::holds_alternative<WebhookSettings>(kind) ||
         std::holds_alternative<AlertmanagerSettings>(kind) ||
         std::holds_alternative<ExecSettings>(kind) || std::holds_alternative<FileSettings>(kind) ||
         std::holds_alternative<HeartbeatSettings>(kind);
}

std::vector<Written> write(const ReceiverSettings& receiver, const Letter& letter,
                           const LetterStyle& style) {
  const auto& kind = receiver.kind;
  if (const auto* mail = std::get_if<MailSettings>(&kind))
    return write_mail(*mail, receiver.templates, letter, style);
  if (const auto* chat = std::get_if<ChatSettings>(&kind))
    return write_chat(*chat, receiver.templates, letter, style);
  if (const auto* any = std::get_if<TemplateSettings>(&kind))
    return {{letter.id, "", title_of(letter, style), any->body.render(letter, style), ""}};
  return {};
}

std::string write(const ReceiverSettings& receiver, const Event& event, const LetterStyle& style,
                  Instant now) {
  if (std::holds_alternative<AlertmanagerSettings>(receiver.kind))
    return alerts_json(event, style, now);
  return cloud_event_json(event, style.external_url);
}

std::shared_ptr<AlertSink> make_sink(const ReceiverSettings& receiver, const SinkDoors& doors) {
  const auto http = [&](HttpSettings settings,
                        ReadAnswer read_answer = {}) -> std::shared_ptr<AlertSink> {
    return std::make_shared<HttpSink>(doors.fetcher, doors.clock, std::move(settings),
                                      std::move(read_answer));
  };
  return std::visit(
      Overloaded{[&](const WebhookSettings& webhook) { return http(webhook.http); },
                 [&](const MailSettings& mail) -> std::shared_ptr<AlertSink> {
                   return std::make_shared<MailSink>(doors.mailer, mail);
                 },
                 [&](const ChatSettings& chat) {
                   return http(request_of(chat), answers_of(chat.service));
                 },
                 [&](const AlertmanagerSettings& alertmanager) { return http(alertmanager.http); },
                 [&](const ExecSettings& exec) -> std::shared_ptr<AlertSink> {
                   return std::make_shared<ExecSink>(exec);
                 },
                 [&](const FileSettings& file) -> std::shared_ptr<AlertSink> {
                   return std::make_shared<FileSink>(file.path);
                 },
                 [&](const TemplateSettings& any) {
                   return any.success.pointer.empty() ? http(any.http)
                                                      : http(any.http, AnswerTest{any.success});
                 },
                 [&](const HeartbeatSettings& heartbeat) { return http(heartbeat.http); }},
      receiver.kind);
}

}  // namespace tinwatch::alerts
