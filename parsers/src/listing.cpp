#include "parsers/listing.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "dom.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

/// Which nodes stand in a menu: one pass, parents before children.
std::vector<bool> mark_menus(const Dom& dom) {
  std::vector<bool> out(dom.size(), false);
  for (Index i = 0; i < dom.size(); ++i) {
    const auto& node = dom[i];
    if (node.parent != Dom::none && out[node.parent]) {
      out[i] = true;
    } else if (!node.is_text) {
      const auto names = dom.names(i);
      out[i] = node.tag == GUMBO_TAG_NAV || node.tag == GUMBO_TAG_FOOTER ||
               names.find("menu") != std::string::npos || names.find("nav") != std::string::npos;
    }
  }
  return out;
}

bool is_asset(std::string_view path) {
  constexpr std::array endings = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".pdf", ".mp4",
                                  ".mp3", ".css",  ".js",  ".zip", ".doc",  ".docx"};
  const auto lower = ascii_lower(path);
  return std::any_of(endings.begin(), endings.end(),
                     [&](const char* ending) { return lower.ends_with(ending); });
}

/// Article addresses carry a number of four digits or more, or a slug of many words.
bool has_article_shape(const UrlParts& parts) {
  const auto last = std::string_view(parts.path).substr(parts.path.rfind('/') + 1);
  std::size_t digits = 0;
  std::size_t longest_digits = 0;
  for (const char c : last) {
    digits = std::isdigit(static_cast<unsigned char>(c)) != 0 ? digits + 1 : 0;
    longest_digits = std::max(longest_digits, digits);
  }
  const auto hyphens = static_cast<std::size_t>(std::count(last.begin(), last.end(), '-'));
  return hyphens >= 4 || (longest_digits >= 4 && hyphens >= 2);
}

Link judge(const UrlParts& parts, const std::string& text, bool menu) {
  if (is_asset(parts.path) || parts.path.starts_with("/cdn-cgi/"))
    return {.kind = UrlKind::other, .why = "asset"};
  if (parts.path == "/" && parts.query.empty()) return {.kind = UrlKind::other, .why = "home"};
  if (has_article_shape(parts) && words(text).size() >= 4 && !menu)
    return {.kind = UrlKind::article, .why = "url and text"};
  if (menu && !has_article_shape(parts)) return {.kind = UrlKind::listing, .why = "menu"};
  return {.kind = UrlKind::other, .why = "neither"};
}

}  // namespace

Listing read_listing(const Document& document, const std::shared_ptr<const Site>& site) {
  const HtmlTree tree(document.html);
  const Dom dom(tree);
  Listing out;
  std::unordered_map<std::string, std::size_t> seen;
  const auto menus = mark_menus(dom);
  for (Index i = 0; i < dom.size(); ++i) {
    if (dom[i].tag == GUMBO_TAG_LINK && iequals(dom.attribute(i, "rel"), "alternate")) {
      const auto type = ascii_lower(dom.attribute(i, "type"));
      const bool feed = type == "application/rss+xml" || type == "application/atom+xml" ||
                        type == "application/feed+json";
      if (feed)
        if (auto url = resolve_url(document.url, dom.attribute(i, "href")))
          out.feeds.push_back(*url);
      continue;
    }
    if (dom[i].tag != GUMBO_TAG_A) continue;
    const auto href = dom.attribute(i, "href");
    if (href.empty() || href.front() == '#') continue;
    const auto absolute = resolve_url(document.url, href);
    if (!absolute || !site->holds(*absolute)) continue;
    if (site->profile().hosts.empty() && !same_site(*absolute, document.url)) continue;
    const auto url = site->canonical(*absolute);
    auto text = dom.text(i);
    const auto parts = parse_url(url);
    if (!parts) continue;
    Link link;
    if (const auto kind = site->kind(url))
      link = {.kind = *kind, .why = "profile"};
    else
      link = judge(*parts, text, menus[i]);
    link.url = url;
    link.text = std::move(text);
    const auto [entry, first] = seen.emplace(link.url, out.links.size());
    if (first) {
      out.links.push_back(std::move(link));
    } else {
      // A teaser links twice, picture and headline: the headline tells more.
      auto& known = out.links[entry->second];
      if (known.text.size() < link.text.size()) known.text = link.text;
      if (known.kind == UrlKind::other) known = std::move(link);
    }
  }
  return out;
}

bool looks_like_article(std::string_view url) {
  const auto parts = parse_url(url);
  return parts && !is_asset(parts->path) && has_article_shape(*parts);
}

ListKind kind_of_list(std::string_view body) {
  if (body.starts_with("\x1f\x8b")) return ListKind::sitemap;
  const auto head = body.substr(0, 4096);
  const auto has = [&](std::string_view word) { return head.find(word) != std::string_view::npos; };
  if (has("<urlset") || has("<sitemapindex")) return ListKind::sitemap;
  if (has("<rss") || has("<feed") || has("<rdf:RDF")) return ListKind::feed;
  const auto start = trim(head);
  if (start.starts_with('{') && has("jsonfeed.org")) return ListKind::feed;
  return ListKind::html;
}

}  // namespace tinwatch::parsers
