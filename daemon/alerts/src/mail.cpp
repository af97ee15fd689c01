#include "alerts/mail.hpp"

#include "core/hash.hpp"
#include "core/screen_text.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace tinwatch::alerts {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t line_length = 76;

/// Base64 in lines (RFC 2045 section 6.8).
std::string in_lines(std::string_view text) {
  const auto whole = base64(text);
  std::string out;
  for (std::size_t at = 0; at < whole.size(); at += line_length)
    out += whole.substr(at, line_length) + std::string(line_end);
  return out;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; }) &&
         text.find("=?") == std::string_view::npos;
}

/// A header's text: in encoded words (RFC 2047) of whole characters, folded.
std::string header_text(std::string_view text) {
  auto safe = escape_controls(text);
  constexpr std::size_t longest_line = 60;
  if (is_plain(safe) && safe.size() <= longest_line) return safe;
  constexpr std::size_t bytes_a_word = 42;  // 56 of Base64, and 12 round it
  std::string out;
  for (std::string_view left = safe; !left.empty();) {
    const auto piece = clip(left, bytes_a_word);
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(piece) + "?=";
    left.remove_prefix(piece.size());
  }
  return out;
}

/// RFC 5322 section 3.3, in UTC.
std::string mail_date(Instant at) {
  auto date = to_http_date(at);  // the same but for the zone's name
  constexpr std::string_view zone = "GMT";
  if (date.ends_with(zone)) date.replace(date.size() - zone.size(), zone.size(), "+0000");
  return date;
}

std::string domain_of(std::string_view address) {
  return std::string(address.substr(address.rfind('@') + 1));
}

std::string part(std::string_view type, std::string_view text) {
  return "Content-Type: " + std::string(type) +
         "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + in_lines(text);
}

}  // namespace

std::string mail_bytes(const Mail& mail) {
  const auto domain = domain_of(mail.from);
  const auto boundary = "tinwatch-" + mail.id;
  std::string out;
  const auto field = [&](std::string_view name, const std::string& value) {
    out += std::string(name) + ": " + value + std::string(line_end);
  };
  field("Date", mail_date(mail.at));
  field("From", "Tinwatch <" + mail.from + ">");
  field("To", "<" + mail.to + ">");
  field("Subject", header_text(mail.subject));
  field("Message-ID", "<" + mail.id + "@" + domain + ">");
  if (!mail.thread.empty()) {
    const auto root = "<article-" + mail.thread + "@" + domain + ">";
    field("In-Reply-To", root);
    field("References", root);
  }
  if (!mail.list.empty()) field("List-Id", "<" + mail.list + ".tinwatch." + domain + ">");
  field("Auto-Submitted", "auto-generated");
  if (mail.is_urgent) field("Importance", "high");
  field("MIME-Version", "1.0");
  field("Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
  out += line_end;
  out += "--" + boundary + "\r\n" + part("text/plain", mail.text);
  out += "--" + boundary + "\r\n" + part("text/html", mail.html);
  out += "--" + boundary + "--\r\n";
  return out;
}

bool is_mail_address(std::string_view text) {
  const auto at = text.rfind('@');
  constexpr std::size_t longest = 254;  // RFC 5321 section 4.5.3.1.3, without the brackets
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > longest)
    return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    constexpr std::string_view forbidden = " ()<>[],;:\"\\";
    return c > 0x20 && c < 0x7f && forbidden.find(c) == std::string_view::npos;
  });
}

Task<DeliveryResult> MailSink::deliver(Message message) {
  fetchers::MailRequest request;
  request.host = settings_.host;
  request.tls = settings_.tls;
  request.username = settings_.username;
  request.password = settings_.password;
  request.from = settings_.from;
  request.to = std::move(message.recipient);
  request.message = std::move(message.body);
  request.timeout = settings_.timeout;
  request.allow_networks = settings_.allow_networks;
  const auto sent = co_await mailer_.send(std::move(request));
  if (sent) co_return true;
  const auto& [kind, detail] = sent.error();
  auto failure = Failure::retry;
  if (kind == fetchers::MailError::Kind::misconfigured) failure = Failure::misconfigured;
  if (kind == fetchers::MailError::Kind::refused) failure = Failure::refused;
  co_return fail(DeliveryError{failure, detail, std::nullopt});
}

}  // namespace tinwatch::alerts
