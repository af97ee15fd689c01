#include "alerts/webhook_sink.hpp"

#include "alerts/standard_webhook.hpp"
#include "core/event_json.hpp"

#include <algorithm>
#include <array>
#include <exception>

namespace tinwatch::alerts {
namespace {

using namespace literals;

/// 4xx that say nothing of the message: who asks is not known or not allowed, nobody is there, it
/// took too long, it is too early or too often.
constexpr std::array of_the_receiver = {401, 402, 403, 404, 405, 407, 408, 421, 425, 429};

Failure failure_of(int status) {
  if (status == 410) return Failure::gone;
  const bool unwell =
      status < 400 || status >= 500 ||
      std::find(of_the_receiver.begin(), of_the_receiver.end(), status) != of_the_receiver.end();
  return unwell ? Failure::retry : Failure::rejected;
}

}  // namespace

bool operator==(const WebhookSettings& a, const WebhookSettings& b) {
  using Networks = std::vector<fetchers::Network>;
  const auto listed = [](const WebhookSettings& one) {
    return one.allow_networks ? *one.allow_networks : Networks{};
  };
  return a.url == b.url && a.keys == b.keys && a.timeout == b.timeout && listed(a) == listed(b);
}

WebhookSink::WebhookSink(fetchers::Fetcher& fetcher, const Clock& clock, WebhookSettings settings,
                         std::string external_url)
    : fetcher_(fetcher),
      clock_(clock),
      settings_(std::move(settings)),
      external_url_(std::move(external_url)) {}

Task<Result<Delivery, DeliveryError>> WebhookSink::deliver(Delivery delivery) {
  const auto now = clock_.now();
  fetchers::FetchRequest request;
  request.url = settings_.url;
  request.method = "POST";
  try {
    request.body = cloud_event_json(delivery.event, external_url_);
  } catch (const std::exception& e) {
    // Tried again, it would fail again, and hold up all that comes after it.
    co_return fail(DeliveryError{
        Failure::rejected, std::string("the stored event is damaged: ") + e.what(), std::nullopt});
  }
  request.timeout = settings_.timeout;
  request.stall = Duration{0};  // a receiver may think for as long as `timeout` says
  // Its status says everything: a long or broken body makes no failure of it.
  request.max_body = 64_KiB;
  request.cut_body = true;
  request.decode = false;
  request.allow_networks = settings_.allow_networks;
  request.headers.emplace_back("Content-Type", cloud_event_media_type);
  request.headers.emplace_back("webhook-id", delivery.id);
  request.headers.emplace_back("webhook-timestamp", webhook_timestamp(now));
  if (!settings_.keys.empty())
    request.headers.emplace_back("webhook-signature",
                                 sign(settings_.keys, delivery.id, now, request.body));
  const auto response = co_await fetcher_.fetch(std::move(request));
  if (!response)
    co_return fail(DeliveryError{Failure::retry, response.error().detail, std::nullopt});
  if (response->status >= 200 && response->status < 300) co_return std::move(delivery);
  co_return fail(DeliveryError{failure_of(response->status),
                               "HTTP status " + std::to_string(response->status),
                               response->retry_after});
}

}  // namespace tinwatch::alerts
