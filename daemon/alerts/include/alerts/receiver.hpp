#pragma once

#include "alerts/alert_sink.hpp"
#include "alerts/chat_service.hpp"
#include "alerts/exec_sink.hpp"
#include "alerts/http_sink.hpp"
#include "alerts/letter_template.hpp"
#include "alerts/mail.hpp"
#include "alerts/message_plan.hpp"
#include "core/event.hpp"
#include "core/severity.hpp"

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

/// Who is told, by which way and in which words.
namespace tinwatch::alerts {

/// CloudEvents, signed as Standard Webhooks says.
struct WebhookSettings {
  HttpSettings http;
};
/// Prometheus Alertmanager, API v2.
struct AlertmanagerSettings {
  HttpSettings http;  ///< of `…/api/v2/alerts`
};
/// A file that lines are appended to.
struct FileSettings {
  std::string path;
};
/// What the body of an answer has to say beside a status of 2xx.
struct SuccessTest {
  std::string pointer;          ///< JSON pointer (RFC 6901); empty: the status tells all
  std::string equals = "true";  ///< a text, or a value as JSON has it
};
/// Any service, by a template that is the whole body.
struct TemplateSettings {
  HttpSettings http;
  LetterTemplate body;
  SuccessTest success;
};

/// Nobody who is told anything: a service that notices when it is not asked any more (a dead man's
/// switch).
struct HeartbeatSettings {
  HttpSettings http;
  Duration every = std::chrono::minutes{1};
};

using ReceiverKind = std::variant<WebhookSettings, MailSettings, ChatSettings, AlertmanagerSettings,
                                  ExecSettings, FileSettings, TemplateSettings, HeartbeatSettings>;
/// As the configuration names it.
[[nodiscard]] std::string_view kind_name(const ReceiverKind& kind);
/// Programs are sent every event as it is, one after the other; people are sent messages.
[[nodiscard]] bool is_program(const ReceiverKind& kind);

/// The templates that a receiver's messages are written by.
struct ReceiverTemplates {
  LetterTemplate text;    ///< without markup
  LetterTemplate marked;  ///< with: HTML of a mail, the markup of a chat
};

struct ReceiverSettings {
  std::string name;
  std::string team = "default";
  Severity min_severity = Severity::low;
  Language language = Language::vi;
  MessagePolicy policy;
  ReceiverKind kind;
  ReceiverTemplates templates;
  /// Differs when the way by which it is reached does: what an old address answered counts no more.
  std::string fingerprint;
};

/// What people are written: one for each recipient.
struct Written {
  std::string id;  ///< of the message: the letter's, but for further recipients
  std::string recipient;
  std::string title;
  std::string body;
  std::string plain;  ///< the body without markup; empty: there is none
};
[[nodiscard]] std::vector<Written> write(const ReceiverSettings& receiver, const Letter& letter,
                                         const LetterStyle& style);

/// What a program is sent of an event. Throws std::exception for a damaged one.
[[nodiscard]] std::string write(const ReceiverSettings& receiver, const Event& event,
                                const LetterStyle& style, Instant now);

/// What sinks reach the world by. All of it outlives them.
struct SinkDoors {
  fetchers::Fetcher& fetcher;
  fetchers::Mailer& mailer;
  const Clock& clock;
};
[[nodiscard]] std::shared_ptr<AlertSink> make_sink(const ReceiverSettings& receiver,
                                                   const SinkDoors& doors);

}  // namespace tinwatch::alerts
