#pragma once

#include "core/editorial_state.hpp"
#include "core/types.hpp"
#include "monitor/doubt.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace tinwatch::monitor {

/// Tells what a site's new template did to its articles from what their editors did: a template
/// adds the same to many, loses the same of many. Remembers, for a week, the last looks at a
/// source's articles: whether their page was built anew, and which fields came out otherwise.
/// Belongs to the io thread.
class Rebuilds {
 public:
  struct Look {
    ArticleRow article;
    bool rebuilt = false;              ///< by another template than the page kept of it
    std::vector<std::string> fields;   ///< that differ from what was known
    std::vector<std::uint64_t> lines;  ///< paragraphs that were not there: `new_lines`
    Instant at{};
  };
  void note(const std::string& source, Look look);
  /// The clock was set: what was noted goes on to be as long ago as it is.
  void clock_was_set(Duration by);

  /// What the source's other articles say of how a rebuilt page differs: `lost_it` where its new
  /// paragraphs came to two others as well, whenever that was, or where two others at least
  /// differed in one of its fields when they were rebuilt, after `kept_since` (the page before is
  /// from then); `have_it` where others were rebuilt and did not, or were looked at after
  /// `held_since` and were not rebuilt.
  [[nodiscard]] OtherPages others(const std::string& source, const Look& rebuilt,
                                  Instant kept_since, std::optional<Instant> held_since) const;
  [[nodiscard]] std::size_t size() const;

 private:
  struct Line {
    std::uint64_t text = 0;  // a hash
    ArticleRow article;
  };
  [[nodiscard]] bool came_to_others(const std::string& source, const Look& rebuilt) const;

  std::map<std::string, std::deque<Look>> looks_;  // oldest first, two an article at most
  std::map<std::string, std::deque<Line>> lines_;  // that rebuilt pages brought, oldest first
};

/// Whether editors were at work, whatever the template did: the headline is another, or words were
/// exchanged, put in or taken out in the middle of a paragraph. Whole blocks that came or went, and
/// what stands at the edge of one, may be the template's.
[[nodiscard]] bool shows_editing(const EditorialState& before, const EditorialState& after);

/// Hashes of the paragraphs of the text that were not in it before; a few of many.
[[nodiscard]] std::vector<std::uint64_t> new_lines(const EditorialState& before,
                                                   const EditorialState& after);

}  // namespace tinwatch::monitor
