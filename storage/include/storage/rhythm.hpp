#pragma once

#include "storage/reader.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a source does all day, and how its lists are read: what people are shown of it. Each is one
/// bounded question or a few, by indexes. A reader thread.
namespace tinwatch::storage {

/// A source's name, and what people call it; empty: its name.
struct SourceTitle {
  std::string name;
  std::string title;
};
/// Of all sources, by name.
[[nodiscard]] std::vector<SourceTitle> source_titles(const Reader& reader);

/// Of which source, and of which days.
struct RhythmQuestion {
  std::string source;
  Instant now{};
  std::chrono::minutes utc_offset{0};  ///< of the days and hours
  int days = 30;                       ///< today is the last of them
};

/// Counts of the last days, oldest first, of the source's newest 100,000 articles and edits.
struct SourceRhythm {
  std::vector<std::int64_t> articles;  ///< found while they were news, by the day they were found
  std::vector<std::int64_t> edits;     ///< by the day they were seen
  /// Those articles by the hour that they print; midnight sharp is that of a date without a time.
  std::array<std::int64_t, 24> hours{};
};
/// Nothing where there is no such source.
[[nodiscard]] std::optional<SourceRhythm> rhythm_of(const Reader& reader,
                                                    const RhythmQuestion& question);

/// How many of the newest articles have a field.
struct FieldFill {
  static constexpr std::int64_t most_articles = 50;

  std::int64_t articles = 0;  ///< that were looked at
  std::int64_t headline = 0;
  std::int64_t date = 0;
  std::int64_t author = 0;
  std::int64_t section = 0;
  std::int64_t text = 0;
  std::int64_t image = 0;
};

/// A start page, or a list that one led to.
struct SourceList {
  std::string url;
  TargetKind kind = TargetKind::listing;
  bool is_start = false;
  bool has_named = false;               ///< an article, ever
  std::optional<Instant> succeeded_at;  ///< when it was read last
  std::optional<Instant> due_at;        ///< nothing: it is not looked at any more
  std::int64_t failures = 0;            ///< in a row
  std::string outcome;                  ///< label of the last VisitOutcome; empty: never visited
  std::string detail;                   ///< of that, for people
};

/// A source as it is configured and read.
struct SourceLook {
  static constexpr std::int64_t most_counted = 100'000;  ///< articles
  static constexpr std::size_t most_lists = 20;

  SourceView source;
  std::string unreachable_reason;    ///< while it is
  std::string drifted_fields;        ///< while it is drifted: names, a comma between
  std::optional<Instant> next_look;  ///< at one of its lists
  std::int64_t lists = 0;            ///< all
  std::int64_t failing = 0;          ///< of them
  std::vector<SourceList> first;     ///< start pages first, then those that fail
  FieldFill fill;
};
/// Nothing where there is no such source.
[[nodiscard]] std::optional<SourceLook> look_at_source(const Reader& reader,
                                                       const std::string& name);

}  // namespace tinwatch::storage
