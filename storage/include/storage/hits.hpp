#pragma once

#include "core/model.hpp"
#include "core/types.hpp"
#include "storage/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What watches found, and what people made of it.
namespace tinwatch::storage {

class Transaction;

/// What somebody made of a hit.
enum class Verdict {
  fresh,       ///< nobody has looked at it; its word is `new`
  relevant,    ///< it is what the watch is for
  irrelevant,  ///< it is not
  done         ///< nothing is left to do about it
};
inline constexpr Verdict all_verdicts[] = {Verdict::fresh, Verdict::relevant, Verdict::irrelevant,
                                           Verdict::done};
[[nodiscard]] std::string_view label(Verdict verdict);
[[nodiscard]] std::optional<Verdict> verdict_from(std::string_view word);

/// A hit, the event that told of it, and what was made of it.
struct HitView {
  std::int64_t row = 0;  ///< for cursors only
  std::string id;
  std::string event;  ///< its id
  std::string watch;  ///< its name
  std::string team;
  std::string origin;      ///< of the watch: `file` or `api`
  std::string transition;  ///< label
  Instant at{};
  std::string article;  ///< its id
  std::string source;   ///< its name
  int revision = 0;
  std::string data;  ///< of the event: JSON
  Verdict verdict = Verdict::fresh;
  std::string note;
  std::string assignee;
  std::string judged_by;             ///< empty: over the local socket, or nobody
  std::optional<Instant> judged_at;  ///< nothing: nobody did
};

/// Which hits, newest first.
struct HitFilter {
  std::optional<Verdict> verdict;  ///< nothing: any
  std::string watch;               ///< its name; empty: any
  std::int64_t before = 0;         ///< a row, exclusive; 0: from the newest on
  std::size_t limit = 100;
};
[[nodiscard]] std::vector<HitView> hits(const Reader& reader, const HitFilter& filter);

/// What many hits are said to be, at once. What is absent stays as it was.
struct Triage {
  static constexpr std::size_t most = 1000;

  std::vector<std::string> ids;  ///< of hits; at most `most`
  std::optional<Verdict> verdict;
  std::optional<std::string> note;
  std::optional<std::string> assignee;
  std::string who;
  Instant at{};
};
/// Answers the ids that are none of a hit: then nothing is written. Nor is it of a hit that is all
/// that already.
[[nodiscard]] std::vector<std::string> triage(Transaction& transaction, const Triage& triage);

/// Hits of one watch.
struct HitCounts {
  static constexpr std::int64_t most = 1000;

  std::int64_t open = 0;           ///< that nobody judged; at most `most`
  std::vector<std::int64_t> days;  ///< by periods of 24 hours up to now, the oldest first
};
/// Counted from the newest on, at most ten times `HitCounts::most`.
[[nodiscard]] HitCounts hit_counts(const Reader& reader, const std::string& watch, Instant now,
                                   std::size_t days);
/// Of the newest open hits (`HitCounts::most` of them): how many each watch has, the most first.
[[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> open_hits(const Reader& reader);

}  // namespace tinwatch::storage
