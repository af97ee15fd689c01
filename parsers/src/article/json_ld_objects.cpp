#include "article/json_ld_objects.hpp"

#include "core/text.hpp"
#include "html/dom.hpp"
#include "page/page.hpp"

#include <algorithm>

namespace tinwatch::parsers {

namespace json = boost::json;

std::string text_at(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  if (value && value->is_array() && !value->as_array().empty()) value = &value->as_array().front();
  return value && value->is_string() ? plain_text(value->as_string()) : std::string();
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type == "LiveBlogPosting" || type == "BlogPosting" ||
         type == "Report" || type == "Review";
}

std::vector<std::string_view> types_of(const json::object& in) {
  std::vector<std::string_view> out;
  const auto* type = in.if_contains("@type");
  if (type && type->is_string()) out.emplace_back(type->as_string());
  if (type && type->is_array())
    for (const auto& item : type->as_array())
      if (item.is_string()) out.emplace_back(item.as_string());
  return out;
}

namespace {

constexpr std::size_t longest_compared = 400;  // bytes of a headline
constexpr std::size_t most_compared = 50;      // titles of the page

std::string address_of(const json::object& object) {
  if (auto url = text_at(object, "url"); !url.empty()) return url;
  const auto* main = object.if_contains("mainEntityOfPage");
  if (!main) return {};
  if (main->is_string()) return plain_text(main->as_string());
  if (!main->is_object()) return {};
  auto id = text_at(main->as_object(), "@id");
  return id.empty() ? text_at(main->as_object(), "url") : id;
}

std::string path_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) {
    const auto slash = url.find('/', scheme + 3);
    url = slash == std::string_view::npos ? std::string_view() : url.substr(slash);
  }
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  return ascii_lower(url);
}

/// The same path: hosts differ by "www." and "amp.", queries by where the visitor came from.
bool is_address_of_page(const std::string& address, const PageIdentity& page) {
  const auto path = path_of(address);
  if (path.size() < 2) return true;  // the site's root, which many templates put there
  return path == path_of(page.url) || path == path_of(page.canonical);
}

/// Whether a headline shares most of its words with one of the page's titles: desks write two.
bool shares_words(const std::string& headline, const PageIdentity& page) {
  if (headline.empty()) return true;
  const auto own = words(clip(headline, longest_compared));
  std::size_t looks = 0;
  for (const auto& title : page.titles) {
    if (++looks > most_compared) break;
    const auto theirs = words(clip(title, longest_compared));
    const auto shared = std::count_if(own.begin(), own.end(), [&](std::string_view word) {
      return std::find(theirs.begin(), theirs.end(), word) != theirs.end();
    });
    if (static_cast<std::size_t>(shared) * 2 >= own.size()) return true;
  }
  return false;
}

}  // namespace

int belonging(const json::object& object, const PageIdentity& page, bool listed) {
  const auto headline = word_key(text_at(object, "headline"));
  const bool same_headline = !headline.empty() && page.titles.contains(headline);
  const auto address = address_of(object);
  const bool same_address = !address.empty() && is_address_of_page(address, page);
  const bool other_address = !address.empty() && !same_address;
  if (!same_headline && !same_address &&
      (listed || (other_address && !shares_words(headline, page))))
    return 0;
  return 1 + (same_headline ? 8 : 0) + (same_address ? 8 : 0) +
         (object.contains("datePublished") ? 2 : 0) + (object.contains("headline") ? 1 : 0) +
         (object.contains("author") ? 1 : 0);
}

}  // namespace tinwatch::parsers
