#pragma once

#include "storage/reader.hpp"
#include "watch/hit.hpp"
#include "watch/query.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Search in the texts of all revisions, in the language of watches.
namespace tinwatch::search {

enum class Order : std::uint8_t {
  newest,    ///< by the revision that has it
  relevance  ///< the best of the newest; all on one page
};

/// What is looked for, and where.
struct Question {
  std::shared_ptr<const watch::Query> query;  ///< never null; asks nothing of an edit
  std::string source;                         ///< its name; empty: all
  std::string change_class;                   ///< of the revision; empty: any
  std::optional<Instant> since;               ///< when the revision was observed
  std::optional<Instant> until;               ///< exclusive
  bool only_gone = false;                     ///< no longer in what the article says today
  Order order = Order::newest;
  std::size_t limit = 20;
  std::int64_t before = 0;  ///< where a page goes on; 0: from the newest on
};

/// An article, with the newest of its revisions that the query matches.
struct Result {
  storage::ArticleView article;
  std::int64_t row = 0;  ///< where a list goes on behind it
  std::string url;       ///< canonical
  std::string language;
  std::string headline;  ///< of that revision
  int revision = 0;
  Instant observed_at{};
  bool is_gone = false;          ///< the newest revision does not match
  std::vector<watch::Hit> hits;  ///< at most 50
};

/// What was found.
struct Page {
  std::vector<Result> results;
  std::int64_t next = 0;  ///< where it goes on; 0: there are no more
  /// The page has fewer results than asked for, or ranks some alone: what was looked at goes back
  /// to this.
  std::optional<Instant> looked_back_to;
  std::vector<std::string> damaged;  ///< revisions that could not be read
};

/// Looks at so much and no further: a page that is asked for what is rare is as cheap as one about
/// what is common, and says where it goes on.
inline constexpr std::size_t most_passed = 5000;  ///< candidates of the index
inline constexpr std::size_t most_read = 200;     ///< texts

/// A reader thread. Throws OverBudget where matching costs too much.
[[nodiscard]] Page search(const storage::Reader& reader, const Question& question);

}  // namespace tinwatch::search
