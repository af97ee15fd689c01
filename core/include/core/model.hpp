#pragma once

#include "core/types.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

/// Closed sets of words that are stored, shown and counted. Each enumerator's label is the word.
namespace tinwatch {

/// How an article came to be known. Only `live` reaches receivers and the latency metrics.
enum class Discovery { live, baseline, backfill };

enum class ArticleStatus { live, missing, removed, moved, erased };

/// What stands at a URL of the frontier.
enum class TargetKind { listing, feed, sitemap, article };

/// What a poll of an article found. The labels are those of `tinwatch_polls_total`.
enum class PollResult { is_new, revised, text_equal, not_modified, bytes_equal, region_equal };
inline constexpr std::array all_poll_results{PollResult::is_new,      PollResult::revised,
                                             PollResult::text_equal,  PollResult::not_modified,
                                             PollResult::bytes_equal, PollResult::region_equal};

/// How a visit ended, for `explain`.
enum class VisitOutcome {
  is_new,
  revised,
  text_equal,
  not_modified,
  bytes_equal,
  region_equal,
  held,     ///< another text that is not believed yet
  absent,   ///< the page is not there
  read,     ///< a list
  failed,   ///< no answer, or none that can be read
  rests,    ///< not asked: its source fills the disk
  skipped,  ///< not asked: its parse brings the daemon down
};
[[nodiscard]] VisitOutcome outcome_of(PollResult result);

/// What is remembered of an article that does not answer, or did not for a while.
struct Absence {
  ArticleStatus status = ArticleStatus::live;
  int checks = 0;  ///< failing checks in a row
  std::optional<Instant> since;
  std::optional<Instant> back_since;  ///< it shows again, which is not believed yet
  int flickers = 0;                   ///< times that it was not there and then was, lately
  std::optional<Instant> flickered_at;

  /// The last look, or whoever was told, says that it is not there.
  [[nodiscard]] bool is_absent() const { return status != ArticleStatus::live || checks > 0; }
  friend bool operator==(const Absence&, const Absence&) = default;
};

/// A state of an article that was seen and is not believed yet.
struct HeldState {
  std::string editorial_hash;  ///< empty: none
  std::optional<Instant> since;
  int looks = 0;     ///< that showed it, one after the other
  int dropped = 0;   ///< earlier ones that went away again, lately
  std::string went;  ///< the one that went away last; empty: none
  std::optional<Instant> went_at;
  friend bool operator==(const HeldState&, const HeldState&) = default;
};

/// What kind of edit it was (docs/changes.md): the main thing an editor would name.
enum class ChangeClass {
  typo,
  wording,
  correction,
  headline,
  fact,
  addition,
  cut,
  image,
  metadata
};
inline constexpr std::array all_change_classes{
    ChangeClass::typo,     ChangeClass::wording, ChangeClass::correction,
    ChangeClass::headline, ChangeClass::fact,    ChangeClass::addition,
    ChangeClass::cut,      ChangeClass::image,   ChangeClass::metadata};

/// What an article's new state means to a watch.
enum class Transition { appeared, disappeared, changed };

/// What became of a try to tell a receiver.
enum class DeliveryOutcome {
  delivered,
  retried,
  dead,     ///< given up
  disabled  ///< the receiver wants nothing any more
};
inline constexpr std::array all_delivery_outcomes{DeliveryOutcome::delivered,
                                                  DeliveryOutcome::retried, DeliveryOutcome::dead,
                                                  DeliveryOutcome::disabled};

/// Why a source brings no news.
enum class SilentReason {
  nothing_new,  ///< articles should have come, by its habits
  no_articles,  ///< its lists are read and name none
  feed_cut      ///< its feeds break off before their items
};

[[nodiscard]] std::string_view label(Discovery discovery);
[[nodiscard]] std::string_view label(ArticleStatus status);
[[nodiscard]] std::string_view label(TargetKind kind);
[[nodiscard]] std::string_view label(PollResult result);
[[nodiscard]] std::string_view label(VisitOutcome outcome);
[[nodiscard]] std::string_view label(ChangeClass change_class);
[[nodiscard]] std::string_view label(Transition transition);
[[nodiscard]] std::string_view label(DeliveryOutcome outcome);
[[nodiscard]] std::string_view label(SilentReason reason);

[[nodiscard]] std::optional<SilentReason> silent_reason_from(std::string_view word);
[[nodiscard]] std::optional<ChangeClass> change_class_from(std::string_view word);
[[nodiscard]] std::optional<Discovery> discovery_from(std::string_view word);
[[nodiscard]] std::optional<ArticleStatus> article_status_from(std::string_view word);
[[nodiscard]] std::optional<TargetKind> target_kind_from(std::string_view word);

}  // namespace tinwatch
