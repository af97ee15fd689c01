#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace tinwatch {

/// What happened. The one table of types: an event is stored, routed, delivered and counted by the
/// label of its type.
enum class EventType {
  article_published,
  article_revised,
  article_missing,
  article_removed,
  article_returned,
  article_moved,
  story_edited,  ///< one of several sources' copies of a text was edited
  watch_hit,
  source_silent,
  source_unreachable,
  source_drifted,
  source_recovered,
  receiver_failing,
  receiver_disabled,  ///< it answered 410 Gone
  receiver_recovered,
  store_full  ///< or it cannot be written for another reason
};
inline constexpr std::array all_event_types{
    EventType::article_published,  EventType::article_revised,   EventType::article_missing,
    EventType::article_removed,    EventType::article_returned,  EventType::article_moved,
    EventType::story_edited,       EventType::watch_hit,         EventType::source_silent,
    EventType::source_unreachable, EventType::source_drifted,    EventType::source_recovered,
    EventType::receiver_failing,   EventType::receiver_disabled, EventType::receiver_recovered,
    EventType::store_full};

/// `tinwatch.article.published`.
[[nodiscard]] std::string_view label(EventType type);
[[nodiscard]] std::optional<EventType> event_type_from(std::string_view label);
/// `published`, for pages, logs and the metric of articles' events.
[[nodiscard]] std::string_view word_of(EventType type);

}  // namespace tinwatch
