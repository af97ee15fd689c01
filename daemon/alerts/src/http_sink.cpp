#include "alerts/http_sink.hpp"

#include "alerts/standard_webhook.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::alerts {
namespace {

using namespace literals;

/// 4xx that say nothing of the message: it took too long, it is too early or too often.
constexpr std::array of_the_moment = {408, 421, 425, 429};
/// Who asks is not known or not allowed, nobody is there, or not by this method.
constexpr std::array of_the_receiver = {401, 402, 403, 404, 405, 407};

Failure failure_of(int status) {
  const auto is_one_of = [status](const auto& statuses) {
    return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
  };
  if (status == 410) return Failure::gone;
  if (status >= 300 && status < 400) return Failure::misconfigured;
  if (is_one_of(of_the_receiver)) return Failure::misconfigured;
  if (status < 400 || status >= 500 || is_one_of(of_the_moment)) return Failure::retry;
  return Failure::refused;
}

std::string with_id(std::string url, const std::string& id) {
  constexpr std::string_view mark = "{id}";
  if (const auto at = url.find(mark); at != std::string::npos)
    url.replace(at, mark.size(), percent_encode(id));
  return url;
}

}  // namespace

DeliveryResult meaning_of(const fetchers::FetchResponse& response) {
  if (response.status >= 200 && response.status < 300) return true;
  return fail(DeliveryError{failure_of(response.status),
                            "HTTP status " + std::to_string(response.status),
                            response.retry_after});
}

HttpSink::HttpSink(fetchers::Fetcher& fetcher, const Clock& clock, HttpSettings settings,
                   ReadAnswer read_answer)
    : fetcher_(fetcher),
      clock_(clock),
      settings_(std::move(settings)),
      read_answer_(std::move(read_answer)) {}

Task<DeliveryResult> HttpSink::deliver(Message message) {
  const auto now = clock_.now();
  fetchers::FetchRequest request;
  request.url = with_id(settings_.url, message.id);
  request.method = settings_.method;
  request.headers = settings_.headers;
  request.body = std::move(message.body);
  request.timeout = settings_.timeout;
  request.stall = Duration{0};  // a receiver may think for as long as `timeout` says
  // A long or broken body makes no failure of an answer.
  request.max_body = 64_KiB;
  request.cut_body = true;
  request.decode = false;
  request.allow_networks = settings_.allow_networks;
  // Whatever the name resolves to by now.
  const auto url = parse_url(settings_.url);
  request.named_alone = url && url->scheme == "http";
  if (settings_.is_signed) {
    request.headers.emplace_back("webhook-id", message.id);
    request.headers.emplace_back("webhook-timestamp", webhook_timestamp(now));
    if (!settings_.keys.empty())
      request.headers.emplace_back("webhook-signature",
                                   sign(settings_.keys, message.id, now, request.body));
  }
  const auto response = co_await fetcher_.fetch(std::move(request));
  if (!response) {
    const bool is_barred = response.error().kind == FetchFailure::refused_address;
    co_return fail(DeliveryError{is_barred ? Failure::misconfigured : Failure::retry,
                                 response.error().detail, std::nullopt});
  }
  if (read_answer_)
    if (auto meaning = read_answer_(*response)) co_return std::move(*meaning);
  co_return meaning_of(*response);
}

}  // namespace tinwatch::alerts
