#pragma once

#include "core/event_type.hpp"
#include "core/model.hpp"
#include "core/severity.hpp"
#include "core/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a message to people says, before it has a form. Values; text is UTF-8 as the page prints
/// it, not escaped for anything.
namespace tinwatch::alerts {

/// A run of words with one fate.
struct Run {
  enum class Fate { same, added, removed, matched };
  Fate fate = Fate::same;
  std::string text;
  friend bool operator==(const Run&, const Run&) = default;
};

/// A sentence with its matched words marked, or a place of an edit.
struct Passage {
  std::string field;  ///< editorial field it stands in
  std::vector<Run> runs;
  friend bool operator==(const Passage&, const Passage&) = default;
};

/// A hit of a watch.
struct WatchMention {
  std::string name;
  std::string title;
  Transition transition = Transition::appeared;
  std::int64_t snoozed = 0;  ///< hits before this one that were not told
};

/// What happened to one article, to a source, or to the daemon itself.
struct Story {
  EventType type = EventType::article_published;  ///< the main thing
  std::string source;                             ///< its title; empty: the daemon's own
  std::string headline;                           ///< empty: it is of no article
  std::vector<WatchMention> watches;
  std::vector<Passage> sentences;  ///< where watches matched
  std::vector<Passage> edits;
  int further_edits = 0;  ///< places that are not in `edits`
  std::optional<ChangeClass> change;
  bool disclosed = false;  ///< the page itself prints a note about the edit
  bool alternates = false;
  Severity severity = Severity::normal;
  std::string reason;           ///< of a source's or the daemon's trouble, in its own words
  Instant at{};                 ///< seen then, for the first time
  std::optional<Instant> last;  ///< of several edits in one: the last
  std::optional<Instant> previous_check;
  std::string url;  ///< of the article at its site; http(s) or empty
  std::string id;   ///< of the article
  int from = 0;     ///< revisions that the edits lie between; 0: none
  int to = 0;
  /// Of copies elsewhere: how many carry the old words, and how many there are.
  std::optional<std::pair<std::int64_t, std::int64_t>> stale_copies;
};

/// How many of one watch, or of other events of one type.
struct Count {
  EventType type = EventType::watch_hit;
  std::string watch;  ///< its title; empty: of no watch
  std::int64_t deliveries = 0;
};

/// One message, before it has a form.
struct Letter {
  std::string id;  ///< of the message
  Instant at{};
  std::vector<Story> stories;
  std::int64_t stories_in_all = 0;  ///< as many are counted where not all are named
  std::vector<Count> counts;        ///< of its deliveries
  std::int64_t deliveries = 0;
  std::vector<std::int64_t> damaged;  ///< rows that it should tell of, and cannot
  bool is_summary = false;
};

}  // namespace tinwatch::alerts
