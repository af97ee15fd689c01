#pragma once

#include "async/task.hpp"
#include "core/result.hpp"
#include "core/types.hpp"

#include <optional>
#include <string>

namespace tinwatch::alerts {

/// What is sent, whole; the same bytes at every try.
struct Message {
  Message() = default;  // g++ 12 destroys an aggregate twice inside a co_await statement

  std::string id;         ///< UUIDv7, the same over all tries
  std::string recipient;  ///< one of several that the receiver writes to; empty: itself
  std::string body;       ///< bytes
};

/// What a failed try means.
enum class Failure {
  retry,          ///< 5xx, 429, time-out, no connection: the receiver is not well; try again
  misconfigured,  ///< 401, 403, 404, 3xx: it will not take anything until somebody mends it
  refused,        ///< 400, 413, 415, 422: this message will never be accepted as it is
  gone,           ///< 410: the receiver wants nothing any more
};

struct DeliveryError {
  Failure kind = Failure::retry;
  std::string detail;  ///< for people
  std::optional<Duration> retry_after;
};

/// `true`: the receiver has it.
using DeliveryResult = Result<bool, DeliveryError>;

/// Where alerts go. Exactly one try a call; who calls decides about the next. Throws only
/// operation_aborted.
class AlertSink {
 public:
  virtual ~AlertSink() = default;
  virtual Task<DeliveryResult> deliver(Message message) = 0;
};

}  // namespace tinwatch::alerts
