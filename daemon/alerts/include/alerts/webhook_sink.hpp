#pragma once

#include "alerts/alert_sink.hpp"
#include "async/clock.hpp"
#include "fetchers/fetcher.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tinwatch::alerts {

struct WebhookSettings {
  std::string url;
  std::vector<std::string> keys;  ///< raw bytes; the first is the newest. Never logged.
  Duration timeout = std::chrono::seconds{20};
  std::shared_ptr<const std::vector<fetchers::Network>> allow_networks;

  /// Networks that are listed alike are the same.
  friend bool operator==(const WebhookSettings& a, const WebhookSettings& b);
};

/// POSTs each event as CloudEvents JSON, signed as Standard Webhooks says. Redirects are not
/// followed; of the answer at most 64 KiB are read, and nothing is made of them.
class WebhookSink final : public AlertSink {
 public:
  WebhookSink(fetchers::Fetcher& fetcher, const Clock& clock, WebhookSettings settings,
              std::string external_url);
  Task<Result<Delivery, DeliveryError>> deliver(Delivery delivery) override;

 private:
  fetchers::Fetcher& fetcher_;
  const Clock& clock_;
  WebhookSettings settings_;
  std::string external_url_;
};

}  // namespace tinwatch::alerts
