#pragma once

#include "alerts/alert_sink.hpp"
#include "alerts/receiver.hpp"
#include "async/wake_up.hpp"
#include "storage/store.hpp"
#include "telemetry/log.hpp"
#include "telemetry/metrics.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace tinwatch::alerts {

/// A receiver, and what messages to it are written with. Immutable: a reload puts another in its
/// place.
struct Recipient {
  ReceiverSettings settings;
  LetterStyle style;
  std::map<std::string, std::string> sources;  ///< title by name
  std::shared_ptr<AlertSink> sink;
};

/// What becomes of a receiver itself: failing, disabled, recovered; and why, for people.
using ReceiverTold = std::function<Task<>(EventType type, std::string receiver, std::string why)>;

/// Tells one receiver what its outbox holds, one at a time: a program every event, in their order;
/// people messages, each written down before its first try (alerts/message_plan.hpp).
///
/// Marked only after the receiver took it: a crash in between tells it again under the same id (at
/// least once); what the receiver took and the store could not write down is not told again, but
/// written down first. While the receiver is not well it is left alone; what failed alone three
/// times lets others go first, so that one that always fails holds up nothing else. What it refuses
/// for good goes to the dead letters alone; three different ones in a row are the receiver's fault.
class DeliveryLoop {
 public:
  DeliveryLoop(const asio::any_io_executor& executor, Clock& clock, storage::Store& store,
               telemetry::Metrics& metrics, std::shared_ptr<const Recipient> recipient,
               ReceiverTold told);

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
  /// Tells what comes next to another one of that name. The delivery under way comes to its end at
  /// the one before, whose failure says nothing of the new one if it has another sink.
  void use(std::shared_ptr<const Recipient> recipient) {
    if (recipient->sink != recipient_->sink) refused_.clear();
    recipient_ = std::move(recipient);
  }
  [[nodiscard]] const Recipient& recipient() const { return *recipient_; }

 private:
  /// What is sent next.
  struct Try {
    storage::Told told;
    int attempts = 0;
    std::optional<Instant> failing_since;  // its first try that failed
    bool has_plain = false;
    Message message;
    // For the log.
    std::string event;    // its id; of messages, their deliveries know it
    std::string article;  // its id; empty: several, or none
  };
  /// A try whose receiver has answered.
  struct Answered {
    Try one;
    std::shared_ptr<AlertSink> by;
    std::optional<DeliveryError> error;
    Instant at{};
    storage::ReceiverState receiver;  // before
  };

  Task<> look();
  Task<> look_as_program(storage::ReceiverState receiver, storage::DeliveryItem item);
  Task<> look_as_people(storage::ReceiverState receiver, storage::Desk desk);
  Task<> write_down_messages(MessagePlan plan, storage::Desk desk);
  Task<> send(Try one, storage::ReceiverState receiver);
  /// Writes down what became of `answered_`, and forgets it.
  Task<> write_down();
  Task<> note_taken(const Answered& answered);
  Task<> note_failure(const Answered& answered);
  Task<> sleep_until(Instant at);
  /// What became of a try: which it was, and how it failed if it did.
  static void log_try(log::Level level, std::string_view sentence, const Answered& answered,
                      const std::string& again_in = {});

  Clock& clock_;
  storage::Store& store_;
  telemetry::Metrics& metrics_;
  std::shared_ptr<const Recipient> recipient_;
  ReceiverTold told_;
  WakeUp bell_;
  std::optional<Answered> answered_;  // and not yet written down
  std::set<std::string> refused_;     // since it took something
  std::deque<Instant> sent_at_;       // of the last minute; of a program
  bool finishing_ = false;
  bool ended_ = false;
};

}  // namespace tinwatch::alerts
