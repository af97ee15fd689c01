#pragma once

#include "alerts/alert_sink.hpp"
#include "async/wake_up.hpp"
#include "storage/store.hpp"
#include "telemetry/metrics.hpp"

#include <memory>
#include <optional>
#include <string>

namespace tinwatch::alerts {

/// Takes one receiver's deliveries out of the outbox, in the order of the events, one at a time. A
/// delivery is marked only after the receiver took it: a crash in between tells it again with the
/// same id (at least once); one that the receiver took and the store could not write down is not
/// told again, but written down first. While the receiver is not well it is left alone; a delivery
/// that failed three times lets those of other articles go first, so that one that always fails
/// holds up nothing else. One that it rejects for good goes to the dead letters alone.
class DeliveryLoop {
 public:
  DeliveryLoop(const asio::any_io_executor& executor, Clock& clock, storage::Store& store,
               telemetry::Metrics& metrics, std::string receiver, std::shared_ptr<AlertSink> sink);

  /// Runs until cancelled, or until `finish`.
  Task<> run();
  void ring() { bell_.ring(); }
  /// Lets the delivery under way come to its end, then ends.
  void finish() {
    finishing_ = true;
    ring();
  }
  /// Whether `run` has come to its end, after `finish`.
  [[nodiscard]] bool has_ended() const { return ended_; }
  /// Takes `finish` back as long as it has not ended.
  void go_on() {
    finishing_ = false;
    ring();
  }
  /// Tells what comes next by another sink. The delivery under way comes to its end by the one
  /// before, whose failure says nothing of the new one.
  void use(std::shared_ptr<AlertSink> sink) { sink_ = std::move(sink); }

 private:
  /// A delivery whose receiver has answered.
  struct Told {
    storage::DeliveryItem item;
    std::shared_ptr<AlertSink> by;
    std::optional<DeliveryError> error;
    Instant at{};
    int failures = 0;  // of the receiver, in a row, before
  };
  /// `failures`: of the receiver, in a row, until now.
  Task<> deliver(storage::DeliveryItem item, int failures);
  /// Writes down what became of `told_`, and forgets it.
  Task<> write_down();

  Clock& clock_;
  storage::Store& store_;
  telemetry::Metrics& metrics_;
  std::string receiver_;
  std::shared_ptr<AlertSink> sink_;
  WakeUp bell_;
  std::optional<Told> told_;  // and not yet written down
  bool finishing_ = false;
  bool ended_ = false;
};

}  // namespace tinwatch::alerts
