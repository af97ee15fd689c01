#pragma once

#include "event_row.hpp"

/// `/stream`: what happened, newest first.
namespace tinwatch::pages {

struct StreamFilter {
  std::string source;  ///< its name; empty: any
  std::optional<EventType> type;
  std::optional<ChangeClass> change;
  std::string watch;        ///< the name of the one that hit; empty: any, and none
  std::string text;         ///< in the headline, the edited words, the sentence hit; empty: any
  std::int64_t before = 0;  ///< a sequence number, exclusive; 0: from the newest on
};

/// Of a request's query. Throws api::BadParameter.
[[nodiscard]] StreamFilter stream_filter(const api::Request& request);
/// `?source=...`: the same filter, but for where it begins; empty: of everything.
[[nodiscard]] std::string query_of(const StreamFilter& filter);
/// Whether the filter is about the event. What was there before anybody watched never is.
[[nodiscard]] bool keeps(const StreamFilter& filter, const Event& event);
[[nodiscard]] api::Reply stream_page(const storage::Reader& reader, const StreamFilter& filter,
                                     const Manner& manner);

}  // namespace tinwatch::pages
