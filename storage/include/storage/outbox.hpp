#pragma once

#include "core/event.hpp"
#include "core/event_type.hpp"
#include "core/severity.hpp"
#include "core/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What receivers are to be told, and what became of it. Values; times are UTC.
///
/// A delivery is one event for one receiver. Programs are sent deliveries as they are; people are
/// sent messages, each written once from one or several deliveries.
namespace tinwatch::storage {

enum class DeliveryState {
  pending,  ///< not told yet
  written,  ///< in a message that is not delivered yet
  snoozed,  ///< its watch was snoozed then; the next message of the watch counts it
  delivered,
  dead,        ///< given up; can be sent again
  settled,     ///< came and went before anybody was told
  superseded,  ///< a later message of its article was told, which says it too
  dropped      ///< by hand
};
[[nodiscard]] std::string_view label(DeliveryState state);
[[nodiscard]] std::optional<DeliveryState> delivery_state_from(std::string_view word);

/// The next thing to tell a receiver that is a program.
struct DeliveryItem {
  std::string id;
  int attempts = 0;
  std::optional<Instant> failing_since;  ///< its first try that failed
  Event event;
};

/// A delivery that is in no message yet.
struct WaitingDelivery {
  std::int64_t row = 0;
  std::optional<EventType> type;  ///< nothing: of no type this version knows
  std::string source;
  std::string article;  ///< its id; empty: the event is of a source
  int revision = 0;     ///< of the article; 0: of none
  std::string watch;    ///< its name; empty: no watch hit
  Severity severity = Severity::normal;
  Instant at{};              ///< of the event
  std::string state_before;  ///< editorial hash of the revision before; empty: there is none
  std::string state_after;   ///< of the revision itself
};

/// A message as it is sent, for the first time or again.
struct MessageItem {
  MessageItem() = default;

  std::string id;
  std::string recipient;  ///< one of several that the receiver writes to; empty: itself
  int attempts = 0;
  std::optional<Instant> failing_since;  ///< its first try that failed
  bool is_plain = false;
  std::string body;   ///< bytes, as its kind sends them
  std::string plain;  ///< the same without markup; empty: there is no such form
};

/// A message that is written for the first time.
struct NewMessage {
  std::string id;  ///< UUIDv7, the same over all tries
  std::string receiver;
  std::string recipient;
  std::string article;  ///< id of the only one it names; empty: several, or none
  std::string group_key;
  Instant at{};
  std::string title;
  std::string body;
  std::string plain;
  std::vector<std::int64_t> deliveries;  ///< rows
};

/// What is to be written of a receiver's outbox: its messages, and deliveries that need none.
struct NewMessages {
  std::vector<NewMessage> messages;
  std::vector<std::int64_t> settled;  ///< rows; what was snoozed and is counted, too
  std::vector<std::int64_t> damaged;  ///< rows of events that cannot be read: dead letters
};

/// A delivery that was not told because its watch was snoozed.
struct SnoozedDelivery {
  std::int64_t row = 0;
  std::string watch;
};

/// What a receiver of messages has before it.
struct Desk {
  std::optional<MessageItem> message;      ///< to be sent now
  std::optional<Instant> next_message_at;  ///< when the first of those that are not due is
  std::vector<WaitingDelivery> waiting;    ///< at most 10,000, in the order of their events
  std::vector<std::string> busy_articles;  ///< ids; a message of theirs is on its way
  std::vector<Instant> written_at;         ///< messages of the last two minutes, oldest first
  std::vector<SnoozedDelivery> snoozed;    ///< at most 10,000
  /// When the last message of a group was written, of the last day.
  std::vector<std::pair<std::string, Instant>> groups;
};

/// The receiver has it.
struct Delivered {
  Instant at{};
};
/// It failed, and is tried again.
struct TryLater {
  std::string error;
  Instant next{};          ///< of this one
  Instant paused_until{};  ///< of its receiver: nothing is sent before
  Instant at{};
  bool is_failing = false;  ///< the receiver is, and others are told of that
};
/// A message that is sent again at once, without markup.
struct TryPlain {
  std::string error;
};
/// It is given up.
struct Dead {
  std::string error;
  bool has_answered = true;  ///< the receiver is there; else it did not take this for too long
};
/// How a try ended.
using TryEnd = std::variant<Delivered, TryLater, TryPlain, Dead>;

/// A delivery or a message, by its id.
struct Told {
  std::string id;
  bool is_message = false;
  std::string receiver;  ///< that was asked: what was moved meanwhile is another one's
};

/// By hand. Deliveries and messages alike, by state and receiver.
struct OutboxChange {
  enum class Kind {
    retry,   ///< what is dead is written and sent anew; with an id also what waits for its next try
    drop,    ///< what is not delivered is not sent any more
    move,    ///< what is not delivered goes to another receiver
    hurry,   ///< what waits for a receiver's next try is tried now, as it is
    rewrite  ///< messages on their way are written anew
  };
  Kind kind = Kind::retry;
  std::string id;        ///< of one delivery or message; empty: all of the receiver
  std::string receiver;  ///< empty: of any
  std::string to;        ///< of `move`
};

}  // namespace tinwatch::storage
