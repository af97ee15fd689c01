#pragma once

#include "alerts/alert_sink.hpp"
#include "fetchers/mailer.hpp"

#include <memory>
#include <string>
#include <vector>

/// Messages as e-mail.
namespace tinwatch::alerts {

/// By which server, and to whom.
struct MailSettings {
  std::string host;  ///< and `:PORT`
  fetchers::MailTls tls = fetchers::MailTls::starttls;
  std::string username;
  std::string password;  ///< never logged
  std::string from;      ///< bare addresses
  std::vector<std::string> to;
  Duration timeout = std::chrono::seconds{60};
  std::shared_ptr<const std::vector<fetchers::Network>> allow_networks;
};

/// What a mail says.
struct Mail {
  std::string id;  ///< of the message
  Instant at{};
  std::string from;
  std::string to;
  std::string subject;
  std::string text;
  std::string html;
  std::string thread;  ///< the article's id: mail programs put its messages together; empty: none
  std::string list;    ///< name of the watch; empty: none
  bool is_urgent = false;
};

/// RFC 5322 and MIME: multipart/alternative, ASCII lines under 80 characters that end with CR LF.
/// `Message-ID` comes from the message's id, so that a message sent twice is seen once.
[[nodiscard]] std::string mail_bytes(const Mail& mail);

/// `name@domain` with nothing else; for configurations.
[[nodiscard]] bool is_mail_address(std::string_view text);

/// Sends each message to its recipient.
class MailSink final : public AlertSink {
 public:
  MailSink(fetchers::Mailer& mailer, MailSettings settings)
      : mailer_(mailer), settings_(std::move(settings)) {}
  Task<DeliveryResult> deliver(Message message) override;

 private:
  fetchers::Mailer& mailer_;
  MailSettings settings_;
};

}  // namespace tinwatch::alerts
