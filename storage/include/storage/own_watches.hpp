#pragma once

#include "core/types.hpp"
#include "storage/reader.hpp"

#include <string>
#include <vector>

/// Watches that were made here, beside those of the configuration, and what was snoozed here. Every
/// change stands in the audit list.
namespace tinwatch::storage {

class Transaction;

/// A watch as it was written last.
struct OwnWatch {
  std::string name;
  std::string definition;  ///< JSON, with the configuration's keys
  Instant created_at{};
  Instant changed_at{};
  std::string who;  ///< made the last change; empty: over the local socket
};

/// Of any watch: its receivers are told nothing until then.
struct Snooze {
  std::string watch;
  Instant until{};
  std::string who;
};

/// All of it.
struct OwnSettings {
  std::vector<OwnWatch> watches;  ///< by name
  std::vector<Snooze> snoozes;    ///< those that have not ended
};
[[nodiscard]] OwnSettings own_settings(const Reader& reader, Instant now);

/// A change of a watch: who, when, and what it is from then on.
struct WatchChange {
  std::string name;
  std::string definition;
  std::string who;
  Instant at{};
};
/// False, and nothing is written, when there is one of that name.
[[nodiscard]] bool add_watch(Transaction& transaction, const WatchChange& change);
/// False when there is none of that name; so are those below.
[[nodiscard]] bool change_watch(Transaction& transaction, const WatchChange& change);
/// What becomes of the snooze of a watch that is deleted.
enum class ItsSnooze {
  ends,
  stays  ///< it is of the configuration's watch of that name, which remains
};
/// Its hits stay, and what its receivers are still to be told.
[[nodiscard]] bool delete_watch(Transaction& transaction, const std::string& name,
                                ItsSnooze its_snooze, const std::string& who, Instant at);

/// Of whatever is written from now on, and what waits and was not tried yet is not told either.
/// Answers how many deliveries that were.
std::int64_t snooze(Transaction& transaction, const Snooze& snooze, Instant at);
[[nodiscard]] bool end_snooze(Transaction& transaction, const std::string& watch,
                              const std::string& who, Instant at);

}  // namespace tinwatch::storage
