#pragma once

#include "api/event_feed.hpp"

#include <vector>

/// What the stream of events reads from the store, on a reader thread.
namespace tinwatch::api {

struct ToldPage {
  std::vector<ToldEvent> events;
  std::int64_t last = 0;  ///< of those that were looked at; what was asked for, without any
  bool is_full = false;   ///< there may be more behind it
};

/// Events behind `after` that the filter keeps, oldest first: of `most_bytes`, but one at least.
[[nodiscard]] ToldPage read_told(const storage::Reader& reader, std::int64_t after,
                                 EventFilter filter, std::size_t most_bytes);

/// The `seq` of the newest event that is stored; 0: there is none.
[[nodiscard]] std::int64_t newest_event(const storage::Reader& reader);

/// Where a stream begins.
struct Place {
  Place() = default;  // g++ 12 destroys an aggregate twice inside a co_await statement

  EventFilter filter;
  std::int64_t after = 0;
  std::int64_t last = 0;  ///< the newest event that is stored
  std::string gap;        ///< the event that says what is missing; empty: nothing is
  std::string refusal;    ///< why there is no stream; empty: there is one
};

[[nodiscard]] Place find_place(const storage::Reader& reader, Request request, Context context);

}  // namespace tinwatch::api
