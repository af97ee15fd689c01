#include "core/text.hpp"
#include "core/url.hpp"
#include "dom.hpp"
#include "parsers/dates.hpp"
#include "parsers/listing.hpp"
#include "xml_tree.hpp"

#include <boost/json.hpp>

namespace tinwatch::parsers {
namespace {

namespace json = boost::json;

constexpr std::size_t most_items = 1000;

std::string json_text(const json::object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

Result<Feed, std::string> read_json_feed(std::string_view body, const std::string& url,
                                         const TimeZone& zone) {
  boost::system::error_code error;
  const auto value = json::parse({body.data(), body.size()}, error);
  if (error || !value.is_object()) return fail(std::string("not JSON: ") + error.message());
  const auto& root = value.as_object();
  Feed feed{.kind = "json", .title = squeeze(json_text(root, "title"))};
  const auto* items = root.if_contains("items");
  if (!items || !items->is_array()) return fail(std::string("a JSON Feed without items"));
  for (const auto& entry : items->as_array()) {
    if (!entry.is_object() || feed.items.size() == most_items) continue;
    const auto& object = entry.as_object();
    auto target = json_text(object, "url");
    if (target.empty()) target = json_text(object, "external_url");
    if (target.empty() && json_text(object, "id").starts_with("http"))
      target = json_text(object, "id");
    const auto link = resolve_url(url, target);
    if (target.empty() || !link) continue;
    feed.items.push_back(
        {.url = *link,
         .headline = plain_text(json_text(object, "title")),
         .description = plain_text(json_text(object, "summary")),
         .date_published = parse_date(json_text(object, "date_published"), {.zone = zone}),
         .date_modified = parse_date(json_text(object, "date_modified"), {.zone = zone})});
  }
  return feed;
}

Item read_item(const xmlNode& node, const std::string& url, const TimeZone& zone) {
  Item item;
  std::string guid;
  std::string original;
  for (const auto* child = node.children; child; child = child->next) {
    const auto name = name_of(*child);
    if (name == "title")
      item.headline = plain_text(text_of(*child));
    else if (name == "description" || name == "summary")
      item.description = plain_text(text_of(*child));
    else if (name == "pubDate" || name == "published" || name == "issued" || name == "date" ||
             (name == "created" && !item.date_published))
      item.date_published = parse_date(text_of(*child), {.zone = zone});
    else if (name == "updated" || name == "modified")
      item.date_modified = parse_date(text_of(*child), {.zone = zone});
    else if (name == "origLink")  // FeedBurner's own link only counts clicks
      original = resolve_url(url, text_of(*child)).value_or("");
    else if (name == "guid" && attribute_of(*child, "isPermaLink") != "false")
      guid = text_of(*child);
    else if (name == "link") {
      const auto href = attribute_of(*child, "href");
      const auto rel = attribute_of(*child, "rel");
      const auto target = href.empty() ? text_of(*child) : href;
      if (!target.empty() && (rel.empty() || rel == "alternate"))
        item.url = resolve_url(url, target).value_or("");
    }
  }
  if (!original.empty()) item.url = original;
  if (item.url.empty() && guid.starts_with("http")) item.url = resolve_url(url, guid).value_or("");
  return item;
}

}  // namespace

Result<Feed, std::string> read_feed(std::string_view body, const std::string& url,
                                    const TimeZone& zone) {
  body = trim(body);
  if (body.starts_with('{')) return read_json_feed(body, url, zone);
  const auto document = read_xml(body, url);
  if (!document) return fail(std::string("not XML: no root element could be read"));
  const auto& root = *xmlDocGetRootElement(document.get());
  const auto root_name = name_of(root);
  Feed feed;
  if (root_name == "rss")
    feed.kind = "rss";
  else if (root_name == "feed")
    feed.kind = "atom";
  else if (root_name == "RDF")
    feed.kind = "rdf";
  else
    return fail("not a feed: the root element is <" + std::string(root_name) + ">");

  // Items are children of the root (Atom, RSS 1.0) or of its channel (RSS 2.0).
  const auto read_children = [&](const xmlNode& parent) {
    for (const auto* child = parent.children; child; child = child->next) {
      const auto name = name_of(*child);
      if (name == "title" && feed.title.empty()) feed.title = plain_text(text_of(*child));
      if ((name != "item" && name != "entry") || feed.items.size() == most_items) continue;
      auto item = read_item(*child, url, zone);
      if (!item.url.empty()) feed.items.push_back(std::move(item));
    }
  };
  read_children(root);
  for (const auto* child = root.children; child; child = child->next)
    if (name_of(*child) == "channel") read_children(*child);
  return feed;
}

}  // namespace tinwatch::parsers
