#include "lists/pager.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "language/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace tinwatch::parsers {
namespace {

using language::WordKind;
using language::Words;

constexpr std::size_t most_pages = 8;
constexpr std::size_t longest_number = 4;  // digits; more is an article's
constexpr std::size_t longest_label = 60;  // bytes

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto one) { return iequals(one, word); });
}

bool counts_pages(std::string_view word) {
  constexpr std::array<std::string_view, 16> words = {
      "page",  "p",      "paged", "trang", "pg",      "seite",  "pagina", "pagenum",
      "pages", "strona", "side",  "sida",  "stranka", "strana", "sayfa",  "halaman"};
  return is_one_of(word, words);
}

bool counts_entries(std::string_view word) {
  constexpr std::array<std::string_view, 5> words = {"start", "offset", "from", "skip",
                                                     "limitstart"};
  return is_one_of(word, words);
}

/// A directory of nothing but older pages: the second page of `/` may be `/archives/2`.
bool is_archive(std::string_view word) {
  constexpr std::array<std::string_view, 3> words = {"archive", "archives", "older"};
  return is_one_of(word, words);
}

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.size() > longest_number)
    return std::nullopt;
  return number;
}

std::string_view without_ending(std::string_view segment) {
  const auto dot = segment.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? segment : segment.substr(0, dot);
}

/// Cuts the number off the last segment of a path: all of it (`3`, `trang-3`, `p3`), or its end
/// (`tin-p3`, `tin-trang-3`, `index_3`).
std::optional<std::size_t> cut_number(std::string_view& stem) {
  const auto digits = stem.find_last_not_of("0123456789") + 1;  // npos + 1 is 0
  const auto number = number_in(stem.substr(digits));
  if (!number) return std::nullopt;
  auto word = stem.substr(0, digits);
  if (word.empty()) {
    stem = word;
    return number;
  }
  while (word.ends_with('-') || word.ends_with('_')) word.remove_suffix(1);
  const auto begin = word.find_last_of("-_") + 1;
  const auto name = word.substr(begin);
  const bool counted = counts_pages(name) || iequals(word, "index") || iequals(word, "list");
  if (!counted) return std::nullopt;
  stem = stem.substr(0, begin);
  while (stem.ends_with('-') || stem.ends_with('_')) stem.remove_suffix(1);
  return number;
}

std::string_view last_segment(std::string_view path) { return path.substr(path.rfind('/') + 1); }

void drop_last_segment(std::string_view& path) { path = path.substr(0, path.rfind('/')); }

/// The path without closing slashes, ending, and `index`: `/tin/`, `/tin.html`, `/tin/index.html`
/// are one list.
std::string_view plain_path(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto stem = without_ending(last_segment(path));
  path.remove_suffix(last_segment(path).size() - stem.size());
  if (iequals(stem, "index")) drop_last_segment(path);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

/// With the number left where it is.
PagedAddress unpaged(std::string_view url) {
  PagedAddress out;
  const auto parts = parse_url(url);
  if (!parts) return out;
  out.list = parts->origin() + std::string(plain_path(parts->path));
  for (const auto parameter : split(parts->query, '&'))
    if (!parameter.empty()) out.parameters.emplace_back(parameter);
  std::sort(out.parameters.begin(), out.parameters.end());
  return out;
}

bool same_list(const PagedAddress& page, const PagedAddress& list) {
  return page.list == list.list && std::includes(page.parameters.begin(), page.parameters.end(),
                                                 list.parameters.begin(), list.parameters.end());
}

}  // namespace

PagedAddress paged_address(std::string_view url) {
  PagedAddress out;
  const auto parts = parse_url(url);
  if (!parts) return out;
  for (const auto parameter : split(parts->query, '&')) {
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto name = parameter.substr(0, equals);
    const auto number = number_in(parameter.substr(std::min(equals + 1, parameter.size())));
    if (number && (counts_pages(name) || counts_entries(name))) {
      out.paged = out.by_query = true;
      if (counts_pages(name)) out.number = *number;
    } else if (!parameter.empty()) {
      out.parameters.emplace_back(parameter);
    }
  }
  std::sort(out.parameters.begin(), out.parameters.end());
  auto path = plain_path(parts->path);
  if (!out.paged && path.size() > 1) {
    auto stem = last_segment(path);
    const auto size = stem.size();
    if (const auto number = cut_number(stem)) {
      out.paged = true;
      out.number = *number;
      path.remove_suffix(size - stem.size());
      path = plain_path(path);
      if (stem.empty() && (counts_pages(last_segment(path)) || is_archive(last_segment(path))))
        drop_last_segment(path);
    }
  }
  out.list = parts->origin() + std::string(path);
  return out;
}

Pager::Pager(const std::string& own)
    : own_(own), itself_(unpaged(own)), of_list_(paged_address(own)) {}

void Pager::look_at(const std::string& url, std::string_view text, bool rel_next) {
  if (url == own_) return;
  if (rel_next) {
    offer(By::rel, url);
    return;
  }
  if (text.size() > longest_label) return;
  const auto label = number_in(text);
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
