#pragma once

#include "alerts/alert_sink.hpp"
#include "async/wake_up.hpp"
#include "storage/store.hpp"
#include "telemetry/metrics.hpp"

#include <memory>
#include <string>

namespace tinwatch::pipeline {

/// Takes one receiver's deliveries out of the outbox, in the order of the events, one at a time. A
/// delivery is marked only after the receiver took it: a crash in between tells it again with the
/// same id (at least once). While the receiver is not well, nothing overtakes the delivery that
/// failed; one that it rejects for good goes to the dead letters alone.
class DeliveryLoop {
 public:
  DeliveryLoop(const asio::any_io_executor& executor, Clock& clock, storage::Store& store,
               telemetry::Metrics& metrics, std::string receiver,
               std::unique_ptr<alerts::AlertSink> sink);

  /// Runs until cancelled, or until `finish`.
  Task<> run();
  void ring() { bell_.ring(); }
  /// Lets the delivery under way come to its end, then ends.
  void finish() {
    finishing_ = true;
    ring();
  }

 private:
  Task<> deliver(storage::DeliveryItem item);

  Clock& clock_;
  storage::Store& store_;
  telemetry::Metrics& metrics_;
  std::string receiver_;
  std::unique_ptr<alerts::AlertSink> sink_;
  WakeUp bell_;
  bool finishing_ = false;
};

}  // namespace tinwatch::pipeline
