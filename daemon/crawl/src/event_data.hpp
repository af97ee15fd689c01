#pragma once

#include "core/event_json.hpp"
#include "monitor/change.hpp"
#include "monitor/copy_words.hpp"
#include "storage/views.hpp"
#include "watch/hit.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// The `data` of events, as JSON text of under 17 kB: texts and lists of a page are clipped, what a
/// receiver wants whole it finds by the article's id.
namespace tinwatch::crawl {

[[nodiscard]] std::string article_data(const EventArticle& article);
/// `returns_to` is the earlier revision with the same state; 0: none.
[[nodiscard]] std::string revised_data(const EventArticle& article, const monitor::Change& change,
                                       int returns_to);
/// One of several copies was edited at `now`; `copies` are all of them, the first one first. Says
/// of each whether it carries the old words, and whom this edit follows, after how long.
[[nodiscard]] std::string story_data(const EventArticle& article, const monitor::Change& change,
                                     const std::vector<storage::CopyView>& copies,
                                     const monitor::CopiesCarry& carry, Instant now);
[[nodiscard]] std::string moved_data(const EventArticle& article, const std::string& from);
/// `reason` says why it appeared or disappeared where that was no edit: `removed`, `returned`.
[[nodiscard]] std::string hit_data(const EventArticle& article, const std::string& watch,
                                   const std::string& title, const watch::WatchHit& hit,
                                   std::string_view reason);

/// `revisions.change`: what a revision changed, without the words.
[[nodiscard]] std::string change_json(const monitor::Change& change, int returns_to);

}  // namespace tinwatch::crawl
