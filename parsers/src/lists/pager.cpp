#include "lists/pager.hpp"

#include "core/text.hpp"
#include "language/words.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using language::WordKind;
using language::Words;

constexpr std::size_t most_pages = 8;
constexpr std::size_t longest_label = 60;  // bytes

bool same_list(const PagedAddress& page, const PagedAddress& list) {
  return page.list == list.list && std::includes(page.parameters.begin(), page.parameters.end(),
                                                 list.parameters.begin(), list.parameters.end());
}

}  // namespace

Pager::Pager(const std::string& own)
    : own_(own), itself_(unpaged_address(own)), of_list_(paged_address(own)) {}

void Pager::look_at(const std::string& url, std::string_view text, bool rel_next) {
  if (url == own_) return;
  if (rel_next) {
    offer(By::rel, url);
    return;
  }
  if (text.size() > longest_label) return;
  const auto label = page_number(text);
  const auto& words = Words::all();
  // "Next ›", "› Next", "Next »" say one thing.
  const auto bare = trim(text.substr(0, text.find_last_not_of("<>. ") + 1));
  const bool next = words.of(WordKind::next).contains(bare) || text == ">" || text == ">>";
  const bool more = words.of(WordKind::more).contains(bare);
  if (!label && !next && !more) return;
  const auto page = paged_address(url);
  // A pager of something else, such as of a forum's thread, stands on many a front page.
  if (!page.paged) return;
  const bool within = of_list_.paged && same_list(page, of_list_);
  if (!within && !same_list(page, itself_)) return;
  // "2" of something else: `/?thread=17&page=2` on the page of `/`.
  const auto& known = within ? of_list_.parameters : itself_.parameters;
  if (label && page.by_query && page.parameters != known) return;
  // Some count from 0: behind a page without a number comes 1 or 2.
  const bool follows = within ? of_list_.number > 0 && page.number == of_list_.number + 1
                              : page.number == 1 || page.number == 2;
  const bool uncounted = page.number == 0;
  if (label)
    offer((within ? follows && *label > 1 : *label == 2) ? By::number : By::nothing, url);
  else if (next)
    offer(follows || uncounted ? By::word : By::nothing, url);
  else
    offer(follows || uncounted ? By::more : By::nothing, url);
}

void Pager::offer(By by, const std::string& url) {
  if (pages_.size() < most_pages && std::find(pages_.begin(), pages_.end(), url) == pages_.end())
    pages_.push_back(url);
  if (by >= next_by_) return;
  next_by_ = by;
  next_ = url;
}

void Pager::drop(const std::string& url) {
  std::erase(pages_, url);
  if (next_ == url) next_.clear();
}

}  // namespace tinwatch::parsers
