#include "core/event_type.hpp"

#include <algorithm>

namespace tinwatch {

std::string_view label(EventType type) {
  switch (type) {
    case EventType::article_published: return "tinwatch.article.published";
    case EventType::article_revised: return "tinwatch.article.revised";
    case EventType::article_missing: return "tinwatch.article.missing";
    case EventType::article_removed: return "tinwatch.article.removed";
    case EventType::article_returned: return "tinwatch.article.returned";
    case EventType::article_moved: return "tinwatch.article.moved";
    case EventType::story_edited: return "tinwatch.story.edited";
    case EventType::watch_hit: return "tinwatch.watch.hit";
    case EventType::source_silent: return "tinwatch.source.silent";
    case EventType::source_unreachable: return "tinwatch.source.unreachable";
    case EventType::source_drifted: return "tinwatch.source.drifted";
    case EventType::source_recovered: return "tinwatch.source.recovered";
    case EventType::receiver_failing: return "tinwatch.receiver.failing";
    case EventType::receiver_disabled: return "tinwatch.receiver.disabled";
    case EventType::receiver_recovered: return "tinwatch.receiver.recovered";
    case EventType::store_full: return "tinwatch.store.full";
  }
  return "";
}

std::optional<EventType> event_type_from(std::string_view word) {
  const auto* const found = std::find_if(all_event_types.begin(), all_event_types.end(),
                                         [&](EventType type) { return label(type) == word; });
  if (found == all_event_types.end()) return std::nullopt;
  return *found;
}

std::string_view word_of(EventType type) {
  const auto whole = label(type);
  return whole.substr(whole.rfind('.') + 1);
}

}  // namespace tinwatch
