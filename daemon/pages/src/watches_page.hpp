#pragma once

#include "api/watch_list.hpp"
#include "frame.hpp"
#include "pages/watch_form.hpp"

/// `/watches`: all of them, and a form for a new one; `/watches/NAME`: one of them, and the form to
/// change it if it was made here.
namespace tinwatch::pages {

/// What both need besides the store.
struct WatchRoom {
  const api::WatchList& list;
  const Manner& manner;
  std::string after;  ///< the list goes on behind this name; empty: at its beginning
};

/// `answer`: of the form for a new watch.
[[nodiscard]] api::Reply watches_page(const storage::Reader& reader, const WatchRoom& room,
                                      const WatchAnswer& answer);
[[nodiscard]] api::Reply watch_page(const storage::Reader& reader, const WatchRoom& room,
                                    const api::WatchInfo& watch, const WatchAnswer& answer);
/// The answer that a watch's form begins with.
[[nodiscard]] WatchAnswer first_answer(const api::WatchInfo& watch);

/// A line each, as `{{text}}`.
[[nodiscard]] View texts(const std::vector<std::string>& lines);
/// For `{{#form}}{{> watch_form}}{{/form}}`: what was written, and what is said to it.
[[nodiscard]] View form_view(const WatchAnswer& answer, const WatchRoom& room);

}  // namespace tinwatch::pages
