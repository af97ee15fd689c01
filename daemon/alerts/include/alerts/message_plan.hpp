#pragma once

#include "alerts/time_interval.hpp"
#include "core/severity.hpp"
#include "core/time.hpp"
#include "storage/outbox.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What of a receiver's waiting deliveries becomes the next messages, and when: settle, defer,
/// group and pace, one after the other. Pure: rows, policy and the time decide.
namespace tinwatch::alerts {

enum class GroupBy { watch, source, article };

/// How a receiver wants to be told. The initialisers are those of a receiver of people.
struct MessagePolicy {
  /// An edit waits for so long after the last one of its article; several become one message.
  Duration settle = std::chrono::minutes{2};
  Duration settle_max = std::chrono::minutes{10};  ///< but not longer, from the first on
  std::vector<TimeInterval> quiet;                 ///< nothing is told then, but after
  std::set<Severity> loud = {Severity::critical};  ///< but these are told even so
  std::set<GroupBy> group_by = {GroupBy::article};
  Duration group_wait{0};      ///< from a group's first delivery to its first message
  Duration group_interval{0};  ///< from one message of a group to the next
  std::optional<std::chrono::minutes> digest;  ///< time of day at which all that waits is told
  int pace = 20;                               ///< messages a minute; 0: any number
  TimeZone zone = TimeZone::fixed({});
};

/// One that is to be written.
struct PlannedMessage {
  std::vector<std::int64_t> deliveries;  ///< rows, at least one
  std::string group_key;
  /// It tells of so much that it counts instead of naming.
  bool is_summary = false;
};

/// What is to be written now.
struct MessagePlan {
  /// In order. One, but for a flood to a receiver without a pace: what is written is sent as it is,
  /// whatever comes meanwhile.
  std::vector<PlannedMessage> messages;
  /// Rows of edits that came and went before anybody was told.
  std::vector<std::int64_t> settled;
  /// Without a message: when to look again; nothing: when something comes.
  std::optional<Instant> again;
};

[[nodiscard]] MessagePlan plan_message(const storage::Desk& desk, const MessagePolicy& policy,
                                       Instant now);

}  // namespace tinwatch::alerts
