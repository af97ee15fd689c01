#pragma once

#include "frame.hpp"
#include "monitor/paragraph_diff.hpp"

/// `/articles/ID/diff`: two revisions, paragraph by paragraph.
namespace tinwatch::pages {

struct DifferenceView {
  struct Field {
    std::string name;  ///< of an editorial field
    std::vector<monitor::ParagraphDiff> paragraphs;
  };

  std::string article;  ///< its id
  std::string headline;
  std::string language;  ///< BCP 47, as the page declares; empty: it does not
  std::string source;
  std::string url;
  int from = 1;
  int to = 1;
  int head = 1;  ///< the article's newest revision
  Instant seen_at{};
  std::optional<Instant> not_before;  ///< of the first step, when there are several
  std::optional<ChangeClass> change;  ///< of a single step
  std::optional<bool> disclosed;      ///< likewise
  std::size_t words_added = 0;
  std::size_t words_removed = 0;
  std::vector<Field> fields;  ///< those that differ
  bool side_by_side = false;

  /// Paragraphs that differ, of all fields.
  [[nodiscard]] std::size_t places() const;
};

/// `article` has both revisions.
[[nodiscard]] DifferenceView difference_of(const storage::ArticleView& article,
                                           const storage::RevisionView& before,
                                           const storage::RevisionView& after,
                                           const storage::RevisionView& first_step);
[[nodiscard]] api::Reply difference_page(const DifferenceView& difference, const Manner& manner);

}  // namespace tinwatch::pages
