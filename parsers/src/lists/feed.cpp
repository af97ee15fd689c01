#include "core/text.hpp"
#include "html/dom.hpp"
#include "lists/feed_item.hpp"
#include "lists/json_feed.hpp"
#include "lists/xml_reader.hpp"
#include "lists/xml_tags.hpp"
#include "lists/xml_text.hpp"
#include "parsers/listing.hpp"

#include <array>
#include <utility>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t most_items = 1000;
constexpr std::array<std::string_view, 2> item_names = {"item", "entry"};
constexpr std::array<std::string_view, 5> roots = {"rss", "feed", "RDF", "rdf", "channel"};
constexpr std::array<std::string_view, 15> fields = {
    "title",   "link",        "guid",    "id",     "pubDate",  "published", "updated", "enclosure",
    "summary", "description", "content", "author", "category", "comments",  "source"};

constexpr std::size_t leaves = 8;  // the first of these

constexpr XmlShape shape{.records = item_names,
                         .parents = roots,
                         .fields = fields,
                         .leaves = std::span(fields).first(leaves)};

std::string_view kind_of(std::string_view root) {
  if (iequals(root, "rss") || root == "channel") return "rss";
  if (root == "feed") return "atom";
  if (iequals(root, "rdf")) return "rdf";
  return {};
}

bool is_item(const XmlElement& element) { return is_one_of(element.name, item_names); }

/// Items are children of the root (Atom, RSS 1.0) or of its channel (RSS 2.0).
class FeedReader {
 public:
  FeedReader(const std::string& url, const TimeZone& zone) : url_(url), context_{.zone = zone} {}

  bool note(XmlPath path) {
    if (kind_.empty()) {
      kind_ = kind_of(path.front().name);
      if (root_.empty()) root_ = path.front().name;
      // What a broken server prints before its feed is passed over, a page is not.
      if (kind_.empty()) return !iequals(path.front().name, "html");
    }
    if (path.size() == 1) return true;
    const bool in_channel = path[1].name == "channel" && path.size() > 2;
    const auto level = in_channel ? path.size() - 2 : path.size() - 1;
    const auto& element = path.back();
    if (level == 2 && is_item(path[path.size() - 2])) {
      item_.note(path, url_);
    } else if (level == 1 && is_item(element)) {
      keep(path, in_channel ? of_channel_ : of_root_);
      item_ = {};
    } else if (level == 1 && element.name == "title" && is_own(path)) {
      auto& title = in_channel ? title_of_channel_ : title_of_root_;
      if (title.empty()) title = trim(element.text);
    } else if (level == 1 && element.name == "language") {
      context_.month_first = iequals(trim(element.text), "en-us");
    }
    return of_root_.size() < most_items && of_channel_.size() < most_items;
  }

  [[nodiscard]] Result<Feed, std::string> result() && {
    if (kind_.empty()) return fail("not a feed: the root element is <" + root_ + ">");
    Feed feed{.kind = std::string(kind_), .title = plain_text(title_of_root_)};
    if (feed.title.empty()) feed.title = plain_text(title_of_channel_);
    feed.items = std::move(of_root_);
    for (auto& item : of_channel_)
      if (feed.items.size() < most_items) feed.items.push_back(std::move(item));
    return feed;
  }

 private:
  static bool is_own(XmlPath path) {
    return path.back().prefix.empty() || path.back().prefix == path.front().prefix;
  }

  void keep(XmlPath path, std::vector<Item>& items) {
    if (auto item = item_.finish(path, url_, context_, text_)) items.push_back(std::move(*item));
  }

  const std::string& url_;
  DateContext context_;
  std::string root_;
  std::string_view kind_;  // empty: it is no feed's
  std::string title_of_root_;
  std::string title_of_channel_;
  std::vector<Item> of_root_;
  std::vector<Item> of_channel_;
  FeedItem item_;  // only one is open at a time
  FeedText text_;
};

}  // namespace

Result<Feed, std::string> read_feed(std::string_view body, const std::string& url,
                                    const TimeZone& zone, std::string_view content_type) {
  const auto text = decode_xml(body, content_type);
  body = trim(text);
  if (body.starts_with('{')) return read_json_feed(body, url, zone);
  FeedReader reader(url, zone);
  const auto outcome = read_xml(body, shape, [&](XmlPath path) { return reader.note(path); });
  if (!outcome.had_root) return fail(std::string("not XML: no root element could be read"));
  auto feed = std::move(reader).result();
  if (feed)
    feed->count = {.in_bytes = count_start_tags(body, item_names),
                   .read = outcome.records,
                   .cut_at = outcome.broken_at};
  return feed;
}

}  // namespace tinwatch::parsers
