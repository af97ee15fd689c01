#pragma once

#include "alerts/letter.hpp"
#include "storage/reader.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::alerts {

/// What a letter is written from.
struct LetterRequest {
  LetterRequest() = default;

  std::string id;  ///< of the message
  std::string receiver;
  std::vector<std::int64_t> deliveries;  ///< rows
  bool is_summary = false;
  Instant at{};
  std::map<std::string, std::string> sources;   ///< title by name
  std::map<std::string, std::int64_t> snoozed;  ///< hits that were not told, by the watch's name
};

/// Reads what the deliveries are about, and compares the article's state with what the receiver was
/// told last. A damaged event is left out; a letter without stories has nothing to tell.
[[nodiscard]] Letter compose(const storage::Reader& reader, LetterRequest request);

/// What a receiver is tried with: the same for programs and for people.
struct Sample {
  Sample() = default;

  Event event;
  Letter letter;
};
/// Of one event, as if its receiver had been told of nothing before; without an id a made-up one,
/// which says that it is. Nothing: there is no such event.
[[nodiscard]] std::optional<Sample> compose_sample(const storage::Reader& reader,
                                                   std::string event_id, LetterRequest request);
/// Of an event of the daemon itself that could not be stored.
[[nodiscard]] Sample compose_own(const Event& event, const LetterRequest& request);

}  // namespace tinwatch::alerts
