#include "core/text.hpp"
#include "core/url.hpp"
#include "html/dom.hpp"
#include "lists/feed_text.hpp"
#include "lists/json_feed.hpp"
#include "lists/xml_mend.hpp"
#include "lists/xml_reader.hpp"
#include "parsers/dates.hpp"
#include "parsers/listing.hpp"

namespace tinwatch::parsers {
namespace {

constexpr std::size_t most_items = 1000;
constexpr std::size_t most_created = 8;  // dates of an item, where one would do

std::string_view kind_of(std::string_view root) {
  if (root == "rss") return "rss";
  if (root == "feed") return "atom";
  if (root == "RDF") return "rdf";
  return {};
}

bool is_item(const XmlElement& element) {
  return element.name == "item" || element.name == "entry";
}

/// An item as its elements stand there: what they mean is only asked of an item that is kept, and
/// once for each, however often a site repeats them. The last of a kind counts.
struct RawItem {
  std::string headline;
  std::string description;
  std::string updated;
  std::vector<std::string> published;  ///< the first that is a date counts
  std::string guid;
  std::optional<std::string> link;
  std::optional<std::string> original;

  void note(const XmlElement& element);
  [[nodiscard]] std::string address(const std::string& base) const;
};

void RawItem::note(const XmlElement& element) {
  const std::string_view name = element.name;
  const std::string text(trim(element.text));
  if (name == "title") {
    headline = text;
  } else if (name == "description" || name == "summary") {
    description = text;
  } else if (name == "pubDate" || name == "published" || name == "issued" || name == "date") {
    published = {text};
  } else if (name == "created") {
    if (published.size() < most_created) published.push_back(text);
  } else if (name == "updated" || name == "modified") {
    updated = text;
  } else if (name == "origLink") {  // FeedBurner's own link only counts clicks
    original = text;
  } else if (name == "guid") {
    if (element.attribute("isPermaLink") != "false") guid = text;
  } else if (name == "link") {
    const auto href = element.attribute("href");
    const auto rel = element.attribute("rel");
    const auto target = href.empty() ? text : std::string(href);
    if (!target.empty() && (rel.empty() || rel == "alternate")) link = target;
  }
}

std::string RawItem::address(const std::string& base) const {
  const auto resolved = [&](const std::string& target) {
    return resolve_url(base, target).value_or("");
  };
  if (original)
    if (auto url = resolved(*original); !url.empty()) return url;
  if (link)
    if (auto url = resolved(*link); !url.empty()) return url;
  return guid.starts_with("http") ? resolved(guid) : std::string();
}

/// Items are children of the root (Atom, RSS 1.0) or of its channel (RSS 2.0).
class FeedReader {
 public:
  FeedReader(const std::string& url, const TimeZone& zone) : url_(url), zone_(zone) {}

  bool note(XmlPath path) {
    if (root_.empty()) {
      root_ = path.front().name;
      kind_ = kind_of(root_);
    }
    if (kind_.empty()) return false;
    if (path.size() == 1) return true;
    const bool in_channel = path[1].name == "channel" && path.size() > 2;
    const auto level = in_channel ? path.size() - 2 : path.size() - 1;
    const auto& element = path.back();
    if (level == 2 && is_item(path[path.size() - 2])) {
      item_.note(element);
    } else if (level == 1 && is_item(element)) {
      keep(in_channel ? of_channel_ : of_root_);
      item_ = {};
    } else if (level == 1 && element.name == "title") {
      auto& title = in_channel ? title_of_channel_ : title_of_root_;
      if (title.empty()) title = trim(element.text);
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
  void keep(std::vector<Item>& items) {
    auto url = item_.address(url_);
    if (url.empty()) return;
    Item item{.url = std::move(url),
              .headline = text_.plain(item_.headline),
              .description = text_.plain(item_.description),
              .date_modified = parse_date(item_.updated, {.zone = zone_})};
    for (const auto& text : item_.published)
      if (!item.date_published) item.date_published = parse_date(text, {.zone = zone_});
    items.push_back(std::move(item));
  }

  const std::string& url_;
  const TimeZone& zone_;
  std::string root_;
  std::string_view kind_;  // empty: it is no feed's
  std::string title_of_root_;
  std::string title_of_channel_;
  std::vector<Item> of_root_;
  std::vector<Item> of_channel_;
  RawItem item_;  // only one is open at a time
  FeedText text_;
};

}  // namespace

Result<Feed, std::string> read_feed(std::string_view body, const std::string& url,
                                    const TimeZone& zone) {
  const auto text = decode_xml(body);
  body = trim(text);
  if (body.starts_with('{')) return read_json_feed(body, url, zone);
  FeedReader reader(url, zone);
  if (!read_xml(body, [&](XmlPath path) { return reader.note(path); }))
    return fail(std::string("not XML: no root element could be read"));
  return std::move(reader).result();
}

}  // namespace tinwatch::parsers
