#pragma once

#include "crawl/list_page.hpp"
#include "crawl/plan.hpp"
#include "monitor/url_trap.hpp"
#include "storage/frontier.hpp"

#include <optional>
#include <string>
#include <vector>

/// What the answer of a list means, decided by a pure function: the visit only carries it out.
namespace tinwatch::crawl {

/// A list that answered.
struct ListSighting {
  storage::FrontierItem item;
  Instant now{};
  /// not_modified, bytes_equal, or read: then `list` is what was read.
  VisitOutcome outcome = VisitOutcome::not_modified;
  std::optional<ReadList> list;
  /// Named by the robots.txt of its host, where it is a page that may bring sitemaps.
  std::vector<std::string> sitemaps;
  storage::Validators validators;  ///< that the next answer is told by
  Duration wait{};                 ///< until it is looked at again, as its site's rhythm wants it
};

/// Whether a list is expected to name all news, as start pages and feeds do, and a sitemap that is
/// not one of many: a category names its own, and last month's sitemap nothing new. `from_robots`:
/// the robots.txt of its host names it.
[[nodiscard]] bool names_all_news(const storage::FrontierItem& item, bool is_start,
                                  bool from_robots);

/// `urls`: how many new addresses each host and the source may still bring.
[[nodiscard]] storage::ListCommit decide_list(const SourcePlan& source, ListSighting sighting,
                                              const monitor::UrlBudget& urls);

/// The addresses of articles among them.
[[nodiscard]] std::vector<std::string> articles_in(const std::vector<storage::FoundUrl>& found);

}  // namespace tinwatch::crawl
