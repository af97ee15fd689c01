#include "site/paged_address.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "language/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace tinwatch::parsers {
namespace {

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto one) { return iequals(one, word); });
}

bool counts_pages(std::string_view word) {
  return language::Words::all().of(language::WordKind::page_number).contains(word);
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

std::string_view without_ending(std::string_view segment) {
  const auto dot = segment.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? segment : segment.substr(0, dot);
}

/// Cuts the number off the last segment of a path: all of it (`3`, `trang-3`, `p3`), or its end
/// (`tin-p3`, `tin-trang-3`, `index_3`).
std::optional<std::size_t> cut_number(std::string_view& stem) {
  const auto digits = stem.find_last_not_of("0123456789") + 1;  // npos + 1 is 0
  const auto number = page_number(stem.substr(digits));
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

}  // namespace

std::optional<std::size_t> page_number(std::string_view text, std::size_t most_digits) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.size() > most_digits)
    return std::nullopt;
  return number;
}

PagedAddress unpaged_address(std::string_view url) {
  PagedAddress out;
  const auto parts = parse_url(url);
  if (!parts) return out;
  out.list = parts->origin() + std::string(plain_path(parts->path));
  for (const auto parameter : split(parts->query, '&'))
    if (!parameter.empty()) out.parameters.emplace_back(parameter);
  std::sort(out.parameters.begin(), out.parameters.end());
  return out;
}

PagedAddress paged_address(std::string_view url) {
  PagedAddress out;
  const auto parts = parse_url(url);
  if (!parts) return out;
  for (const auto parameter : split(parts->query, '&')) {
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto name = parameter.substr(0, equals);
    const auto number = page_number(parameter.substr(std::min(equals + 1, parameter.size())));
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

}  // namespace tinwatch::parsers
