#include "core/text.hpp"
#include "lists/xml_tags.hpp"
#include "lists/xml_text.hpp"
#include "parsers/listing.hpp"

namespace tinwatch::parsers {
namespace {

constexpr std::size_t longest_preface = 4096;  // bytes that a broken server prints before a feed

bool is_wide(std::string_view body) {
  const auto head = body.substr(0, 4);
  return head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF") ||
         head.find('\0') != std::string_view::npos;
}

ListKind kind_of_root(std::string_view name) {
  if (name == "urlset" || name == "sitemapindex") return ListKind::sitemap;
  if (name == "rss" || name == "feed" || name == "rdf") return ListKind::feed;
  return ListKind::html;
}

/// An address, and nothing else on its line.
bool is_text_sitemap(std::string_view text) {
  const auto line = trim(text.substr(0, text.find_first_of("\r\n")));
  return (line.starts_with("http://") || line.starts_with("https://")) &&
         line.find_first_of(" \t<>\"") == std::string_view::npos;
}

ListKind kind_of_text(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = trim(text);
  if (text.starts_with('{')) {
    const bool feed = text.find("jsonfeed.org") != std::string_view::npos ||
                      text.find("\"items\"") != std::string_view::npos;
    return feed ? ListKind::feed : ListKind::html;
  }
  if (is_text_sitemap(text)) return ListKind::sitemap;
  if (iequals(text.substr(0, 14), "<!doctype html")) return ListKind::html;
  const auto first = first_element(text, [](std::string_view) { return true; });
  if (kind_of_root(first) != ListKind::html || first == "html") return kind_of_root(first);
  // Warnings of a broken server may stand before the feed.
  const auto root = first_element(text.substr(0, longest_preface), [](std::string_view name) {
    return name == "html" || name == "body" || name == "script" ||
           kind_of_root(name) != ListKind::html;
  });
  return kind_of_root(root);
}

}  // namespace

ListKind kind_of_list(std::string_view body) {
  if (body.starts_with("\x1f\x8b")) return ListKind::sitemap;
  if (is_wide(body)) return kind_of_text(decode_xml(body));
  return kind_of_text(body);
}

}  // namespace tinwatch::parsers
