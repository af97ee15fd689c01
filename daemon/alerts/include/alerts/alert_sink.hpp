#pragma once

#include "async/task.hpp"
#include "core/result.hpp"
#include "core/types.hpp"

#include <optional>
#include <string>

namespace tinwatch::alerts {

/// What happened, as every receiver is told. Its id is for life: who keeps the ids he has seen sees
/// every event once.
struct Event {
  Event() = default;  // g++ 12 destroys an aggregate twice inside a co_await statement

  std::string id;
  std::string type;     ///< `tinwatch.article.published`...
  std::string source;   ///< name of the source
  std::string subject;  ///< id of the article; empty for events of a source
  Instant at{};
  std::int64_t sequence = 0;  ///< rising per article
  std::string data;           ///< JSON
};

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
