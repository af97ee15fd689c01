#pragma once

#include "site/paged_address.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// The further pages of a list, found among its links.
class Pager {
 public:
  /// `own`: canonical address of the page.
  explicit Pager(const std::string& own);

  /// A link of the page that says `text`; `rel_next`: it is declared to be the next page.
  void look_at(const std::string& url, std::string_view text, bool rel_next);
  /// What turned out to be an article is no page of a list.
  void drop(const std::string& url);

  [[nodiscard]] const std::vector<std::string>& pages() const { return pages_; }
  /// The page right behind this one; empty: unknown.
  [[nodiscard]] const std::string& next() const { return next_; }

 private:
  /// What says that a link leads to the page right behind this one; the surest first.
  enum class By { rel, number, word, more, nothing };
  void offer(By by, const std::string& url);

  std::string own_;
  PagedAddress itself_;   // the page as a list of its own: `/2024` need not be a page of `/`
  PagedAddress of_list_;  // the page as one of a list
  By next_by_ = By::nothing;
  std::string next_;
  std::vector<std::string> pages_;
};

}  // namespace tinwatch::parsers
