#pragma once

#include "core/record.hpp"
#include "core/result.hpp"
#include "core/work_budget.hpp"
#include "parsers/document.hpp"
#include "parsers/site.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tinwatch::parsers {

/// A link of a listing page, judged.
struct Link {
  std::string url;  ///< canonical by the site's rules
  UrlKind kind = UrlKind::other;
  std::string text;
  std::string why;  ///< for people: `profile`, `menu`, the largest points: `dated +2, one word -2`
  int points = 0;   ///< an article has more than 0; 0 too where nothing was to be weighed
  std::string address_template;  ///< the form of its address, for `LearnedTemplates`
};

/// What fetched pages turned out to be, whose addresses have one template. Counts may be decayed;
/// a vote has a weight of at most 1.
struct TemplateVotes {
  double articles = 0;
  double others = 0;
};
/// By `Link::address_template`.
using LearnedTemplates = std::unordered_map<std::string, TemplateVotes>;

/// The template of an address, as `Link::address_template` has it; empty where it does not parse.
[[nodiscard]] std::string address_template(std::string_view url);

struct Listing {
  std::vector<Link> links;         ///< each URL once, in document order
  std::vector<std::string> feeds;  ///< autodiscovered: <link rel=alternate> of RSS, Atom, JSON Feed
  std::vector<std::string> next;   ///< further pages of this list: rel=next, "2", "Trang sau"
  std::string next_page;           ///< the one that follows this one, of the site; empty: unknown
};

/// The links of a home or category page, judged by the site's patterns where it has any, else by
/// points for what their addresses, texts and places say, those of alike links, and what was
/// learned (docs/extraction.md, "Listings"). Links to other registrable domains are left out. Pure;
/// any thread. Throws OverBudget.
[[nodiscard]] Listing read_listing(const Document& document,
                                   const std::shared_ptr<const Site>& site, WorkBudget& budget,
                                   const LearnedTemplates& learned = {});
/// With a budget of its own.
[[nodiscard]] Listing read_listing(const Document& document,
                                   const std::shared_ptr<const Site>& site);

/// Whether an address says by itself that it leads to no article: a home page, a picture, a
/// directory of topics, tags or authors. What a general sitemap names is an article otherwise.
[[nodiscard]] bool names_no_article(std::string_view url);

/// One entry of a feed or a sitemap.
struct Item {
  std::string url;  ///< absolute
  std::string headline;
  std::string description;
  std::optional<PrintedDate> date_published;
  std::optional<PrintedDate> date_modified;
  std::vector<std::string> images;  ///< of an image sitemap, absolute
};

/// What became of the entries of a feed or a sitemap, so that one that was cut does not look whole.
struct EntryCount {
  std::size_t in_bytes = 0;  ///< start tags of entries in the bytes
  std::size_t read = 0;      ///< met by the reader, those without an address included
  std::size_t cut_at = 0;    ///< the line where the document breaks off or loses an entry; 0: whole
};

struct Feed {
  std::string kind;  ///< `rss`, `atom`, `rdf`, `json`
  std::string title;
  std::vector<Item> items;  ///< at most 1,000
  EntryCount count = {};
};

/// RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, JSON Feed, in UTF-8 or what its XML declaration says, else
/// `content_type`. Sloppy XML is read to its end: what is not closed hides no item behind it;
/// entities are never expanded beyond those of XML and HTML and nothing is loaded. Elements of
/// foreign namespaces (`media:title`) are not the item's. Time and memory are linear, no tree is
/// made. The error is for people.
[[nodiscard]] Result<Feed, std::string> read_feed(std::string_view body, const std::string& url,
                                                  const TimeZone& zone,
                                                  std::string_view content_type = {});

struct Sitemap {
  std::string kind;           ///< `urlset`, `sitemapindex`
  std::vector<Item> entries;  ///< at most 50,000 (sitemaps.org)
  EntryCount count = {};
};

/// A sitemap (sitemaps.org, with Google's news extension), plain or gzip: unpacked it may be as
/// large as any body, `max_body` bytes (undo_coding). Linear, and as tolerant as read_feed.
[[nodiscard]] Result<Sitemap, std::string> read_sitemap(std::string_view body,
                                                        const std::string& url,
                                                        const TimeZone& zone, std::size_t max_body);

/// What a start page turned out to be, told by its first element, whatever its prefix, encoding and
/// the comments before it; by `items` in JSON; by an address in a plain text.
enum class ListKind { html, feed, sitemap };
[[nodiscard]] ListKind kind_of_list(std::string_view body);

}  // namespace tinwatch::parsers
