#pragma once

#include "alerts/alert_sink.hpp"
#include "async/clock.hpp"
#include "fetchers/fetcher.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::alerts {

/// A receiver that is asked over HTTP(S).
struct HttpSettings {
  std::string url;  ///< `{id}` in it stands for the message's id
  std::string method = "POST";
  std::vector<fetchers::Header> headers;  ///< values may be secret: never logged
  /// Signs as Standard Webhooks says, under the message's id. Raw bytes; the first is the newest.
  /// Never logged.
  std::vector<std::string> keys;
  bool is_signed = false;  ///< has Standard Webhooks' header fields
  Duration timeout = std::chrono::seconds{20};
  std::shared_ptr<const std::vector<fetchers::Network>> allow_networks;
};

/// What an answer means that is not told by its status alone; nothing: its status tells it.
using ReadAnswer =
    std::function<std::optional<DeliveryResult>(const fetchers::FetchResponse& response)>;

/// By the status of an answer.
[[nodiscard]] DeliveryResult meaning_of(const fetchers::FetchResponse& response);

/// Sends each message as the body of one request. Redirects are not followed; of the answer at most
/// 64 KiB are read.
class HttpSink final : public AlertSink {
 public:
  HttpSink(fetchers::Fetcher& fetcher, const Clock& clock, HttpSettings settings,
           ReadAnswer read_answer = {});
  Task<DeliveryResult> deliver(Message message) override;

 private:
  fetchers::Fetcher& fetcher_;
  const Clock& clock_;
  HttpSettings settings_;
  ReadAnswer read_answer_;
};

}  // namespace tinwatch::alerts
