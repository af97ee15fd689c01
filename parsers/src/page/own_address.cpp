#include "page/own_address.hpp"

#include "core/site_scope.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "regex.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t least_number = 5;  // digits of an article's number
constexpr std::size_t least_slug = 16;   // bytes of the words of an address

std::string_view without_slash(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

/// At the path, or below it.
bool is_under(std::string_view path, std::string_view own) {
  path = without_slash(path);
  own = without_slash(own);
  return path == own || (!own.empty() && path.starts_with(own) && path[own.size()] == '/');
}

/// The last part of a path without its extension.
std::string_view last_part(std::string_view path) {
  path = without_slash(path);
  path.remove_prefix(std::min(path.size(), path.rfind('/') + 1));
  return path.substr(0, path.rfind('.'));
}

/// The longest run of digits.
std::string_view number_in(std::string_view part) {
  std::string_view best;
  for (std::size_t at = 0; at < part.size();) {
    auto end = at;
    while (end < part.size() && is_digit(part[end])) ++end;
    if (end - at > best.size()) best = part.substr(at, end - at);
    at = end + 1;
  }
  return best;
}

}  // namespace

bool leads_to_another_page(const Dom& dom, Dom::Index link, const std::string& url) {
  const auto href = dom.attribute(link, "href");
  if (dom[link].tag != GUMBO_TAG_A || href.empty() || href.front() == '#') return false;
  dom.step(steps_an_address);
  const auto own = parse_url(url);
  if (!own) return href.find(':') > href.find('/') || href.starts_with("http");
  const auto target = resolve_url(url, href);
  const auto there = target ? parse_url(*target) : std::nullopt;
  return there && domain_of(*target) == domain_of(url) && !is_under(there->path, own->path);
}

bool leads_to_this_article(const Dom& dom, Dom::Index link, const std::string& url) {
  const auto href = dom.attribute(link, "href");
  const auto own = parse_url(url);
  if (!own || href.empty()) return false;
  dom.step(steps_an_address);
  const auto target = resolve_url(url, href);
  const auto there = target ? parse_url(*target) : std::nullopt;
  if (!there || domain_of(*target) != domain_of(url)) return false;
  if (is_under(there->path, own->path)) return true;
  const auto part = last_part(own->path);
  const auto number = number_in(part);
  const auto address = there->path_and_query();
  return (number.size() >= least_number && address.find(number) != std::string::npos) ||
         (part.size() >= least_slug && address.find(part) != std::string::npos);
}

bool is_picture_address(std::string_view url) {
  static const RE2 file(R"((?i)\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#/]))");
  return RE2::PartialMatch(piece(url), file);
}

}  // namespace tinwatch::parsers
