#include "lists/feed_item.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

namespace tinwatch::parsers {
namespace {

// Vocabularies, the better ones with the higher rank.
constexpr int own = 3;          // of the feed itself
constexpr int dublin_core = 2;  // and Atom's elements in RSS
constexpr int foreign = 1;

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Sites that do not declare their prefixes mean what everybody means by them.
int rank_of(const XmlElement& element, const XmlElement& item) {
  const auto& prefix = element.prefix;
  if (prefix == item.prefix || prefix.empty()) return own;
  if (!element.space.empty() && element.space == item.space) return own;
  if (prefix == "dc" || prefix == "dcterms" || holds(element.space, "purl.org/dc"))
    return dublin_core;
  if (prefix == "atom" || holds(element.space, "w3.org/2005/Atom")) return dublin_core;
  return foreign;
}

bool is_address(std::string_view text) {
  return iequals(text.substr(0, 7), "http://") || iequals(text.substr(0, 8), "https://");
}

}  // namespace

std::string base_of(XmlPath path, const std::string& url) {
  std::string base = url;
  for (const auto& element : path)
    if (const auto own_base = element.attribute("xml:base"); !own_base.empty())
      base = resolve_url(base, own_base).value_or(base);
  return base;
}

void FeedItem::Text::set(std::string_view text, int of, std::string_view of_type) {
  if (text.empty() || of < rank) return;
  value = text;
  type = of_type;
  rank = of;
}

/// RFC 4287 section 3.1.1: text is text. Without a type it is RSS's, which is HTML.
std::string FeedItem::Text::plain(FeedText& text) const {
  const bool markup = type.empty() || (holds(type, "html") && !holds(type, "xhtml"));
  if (markup) return text.plain(value);
  // Escaped once more than the type says: &amp;#8217;
  const bool escaped = holds(value, "&") && holds(value, ";") && !holds(value, "<");
  return escaped && type != "xhtml" ? text.plain(value) : squeeze(value);
}

void FeedItem::note_link(XmlPath path, const std::string& url, int rank) {
  const auto& element = path.back();
  const auto rel = element.attribute("rel");
  if (!rel.empty() && rel != "alternate") return;
  const auto href = element.attribute("href");
  const std::string_view target = href.empty() ? trim(element.text) : trim(href);
  if (target.empty()) return;
  const auto type = element.attribute("type");
  // The page itself, rather than its PDF (RFC 4287 section 4.1.1); the first of several.
  const int score = 2 * rank + (type.empty() || holds(type, "html") ? 1 : 0);
  if (score > link_.rank)
    link_ = {.target = std::string(target), .base = base_of(path, url), .rank = score};
}

void FeedItem::note(XmlPath path, const std::string& url) {
  const auto& element = path.back();
  const std::string_view name = element.name;
  const bool is_coded = element.attribute("mode") == "base64";  // Atom 0.3 section 3.1.2
  const auto decoded = is_coded ? repair_utf8(base64_decode(trim(element.text))) : std::string();
  const auto text = decoded.empty() ? trim(element.text) : trim(decoded);
  const int rank = rank_of(element, path[path.size() - 2]);
  const bool atom = path[path.size() - 2].name == "entry";
  const auto type = [&]() -> std::string_view {
    const auto declared = element.attribute("type");
    return declared.empty() && atom && element.attribute("mode").empty() ? "text" : declared;
  };
  if (name == "title") {
    headline_.set(text, rank, type());
  } else if (name == "description" || name == "summary") {
    description_.set(text, rank, type());
  } else if (name == "origLink") {  // FeedBurner's own link only counts clicks
    original_ = text;
  } else if (rank == foreign) {
    return;
  } else if (name == "pubDate" || name == "published" || name == "issued") {
    published_[0].set(text, rank);
  } else if (name == "date") {
    published_[1].set(text, rank);
  } else if (name == "created") {
    published_[2].set(text, rank);
  } else if (name == "updated" || name == "modified") {
    updated_.set(text, rank);
  } else if (name == "guid" || name == "id") {
    if (element.attribute("isPermaLink") != "false") guid_ = text;
  } else if (name == "link") {
    note_link(path, url, rank);
  }
}

std::string FeedItem::address(XmlPath path, const std::string& url) const {
  const auto resolved = [](const std::string& base, std::string_view target) {
    return target.empty() ? std::string() : resolve_url(base, target).value_or("");
  };
  if (auto out = resolved(url, original_); !out.empty()) return out;
  if (auto out = resolved(link_.base, link_.target); !out.empty()) return out;
  if (is_address(guid_))
    if (auto out = resolved(url, guid_); !out.empty()) return out;
  const auto about = path.back().attribute("rdf:about");
  if (is_address(about)) return resolved(url, about);
  // At last a path.
  const bool is_path = guid_.starts_with('/') && guid_.find(' ') == std::string::npos;
  return is_path ? resolved(base_of(path, url), guid_) : std::string();
}

std::optional<Item> FeedItem::finish(XmlPath path, const std::string& url,
                                     const DateContext& context, FeedText& text) const {
  auto target = address(path, url);
  if (target.empty()) return std::nullopt;
  Item item{.url = std::move(target),
            .headline = headline_.plain(text),
            .description = description_.plain(text),
            .date_modified = parse_date(updated_.value, context)};
  for (const auto& date : published_)
    if (!item.date_published) item.date_published = parse_date(date.value, context);
  return item;
}

}  // namespace tinwatch::parsers
