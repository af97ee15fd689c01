#pragma once

#include "api/watch_list.hpp"
#include "frame.hpp"

#include <optional>

/// `/hits`: what watches found, for people to say what becomes of it.
namespace tinwatch::pages {

/// What is asked of the page.
struct HitsRoom {
  std::string verdict = "new";  ///< label of one, or `all`
  std::string watch;            ///< its name; empty: of all
  std::int64_t before = 0;      ///< a row, exclusive; 0: from the newest on
};
/// Throws api::BadParameter.
[[nodiscard]] HitsRoom hits_room(const api::Request& request);

/// `watches`: those to choose from; null: none is known.
[[nodiscard]] api::Reply hits_page(const storage::Reader& reader, const HitsRoom& room,
                                   const api::WatchList* watches, const Manner& manner);

}  // namespace tinwatch::pages
