#pragma once

#include "async/task.hpp"
#include "core/event.hpp"
#include "core/result.hpp"
#include "core/types.hpp"

#include <optional>
#include <string>

namespace tinwatch::alerts {

/// One event on its way to one receiver; `id` stays the same over all tries.
struct Delivery {
  Delivery() = default;

  std::string id;
  Event event;
};

/// What a failed try means.
enum class Failure {
  retry,     ///< 5xx, 429, time-out, no connection, 401, 404: the receiver is not well; try again
  rejected,  ///< 400, 413, 422: this delivery will never be accepted
  gone,      ///< 410: the receiver wants nothing any more
};

struct DeliveryError {
  Failure kind = Failure::retry;
  std::string detail;  ///< for people
  std::optional<Duration> retry_after;
};

/// Where alerts go. Exactly one try a call; who calls decides about the next. Throws only
/// operation_aborted.
class AlertSink {
 public:
  virtual ~AlertSink() = default;
  virtual Task<Result<Delivery, DeliveryError>> deliver(Delivery delivery) = 0;
};

}  // namespace tinwatch::alerts
