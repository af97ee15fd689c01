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
#include <vector>

namespace tinwatch::parsers {

/// A link of a listing page, judged.
struct Link {
  std::string url;  ///< canonical by the site's rules
  UrlKind kind = UrlKind::other;
  std::string text;
  std::string why;  ///< for people: `profile`, `shape of headlines`, `menu`...
};

struct Listing {
  std::vector<Link> links;         ///< each URL once, in document order
  std::vector<std::string> feeds;  ///< autodiscovered: <link rel=alternate> of RSS, Atom, JSON Feed
  std::vector<std::string> next;   ///< further pages of this list: rel=next, "2", "Trang sau"
  std::string next_page;           ///< the one that follows this one, of the site; empty: unknown
};

/// The links of a home or category page, judged by the site's patterns where it has any, else by
/// the shape of their addresses together with the texts and places of all links of that shape
/// (docs/extraction.md, "Listings"). Links to other sites are left out. Pure; any thread. Throws
/// OverBudget.
[[nodiscard]] Listing read_listing(const Document& document,
                                   const std::shared_ptr<const Site>& site, WorkBudget& budget);
/// With a budget of its own.
[[nodiscard]] Listing read_listing(const Document& document,
                                   const std::shared_ptr<const Site>& site);

/// Whether an address has the shape of an article's: a number of four digits or more, or a slug of
/// many words. For sites without a profile.
[[nodiscard]] bool looks_like_article(std::string_view url);

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
