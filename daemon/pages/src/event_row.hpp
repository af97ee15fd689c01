#pragma once

#include "core/event_json.hpp"
#include "frame.hpp"

/// An event as a line of a page.
namespace tinwatch::pages {

struct EventRow {
  Instant at{};
  EventType type{};
  std::string source;    ///< its name; empty: of the daemon itself
  std::string detail;    ///< what an event without an article says
  EventSubject subject;  ///< its article's id is empty where it is of a source
};

/// Throws std::exception for a damaged event, or one of an unknown type.
[[nodiscard]] EventRow event_row(const Event& event);
/// Where its edit can be seen, else its article; a path here. Empty: it is of none.
[[nodiscard]] std::string link_of(const EventRow& row);
[[nodiscard]] View event_view(const EventRow& row, const Manner& manner);
/// Several; one that is damaged is left out and named. `of_one_article`: its page says which.
[[nodiscard]] View event_views(const std::vector<Event>& events, const Manner& manner,
                               std::vector<std::string>& damaged, bool of_one_article = false);

}  // namespace tinwatch::pages
