#include "core/c_handle.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "parsers/dates.hpp"
#include "parsers/listing.hpp"
#include "xml_tree.hpp"

#include <libdeflate.h>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t most_entries = 50'000;
constexpr std::size_t most_bytes = 50 * 1024 * 1024;  // sitemaps.org: 50 MB uncompressed

using Decompressor = CHandle<libdeflate_decompressor, libdeflate_free_decompressor>;

Result<std::string, std::string> gunzip(std::string_view body) {
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  for (std::size_t room = std::max<std::size_t>(body.size() * 8, 65536);; room *= 2) {
    std::string out(std::min(room, most_bytes), '\0');
    std::size_t size = 0;
    const auto result = libdeflate_gzip_decompress(decompressor.get(), body.data(), body.size(),
                                                   out.data(), out.size(), &size);
    if (result == LIBDEFLATE_SUCCESS) {
      out.resize(size);
      return out;
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE) return fail(std::string("bad gzip data"));
    if (room >= most_bytes) return fail(std::string("larger than 50 MiB unpacked"));
  }
}

void read_news(const xmlNode& news, Item& item, const TimeZone& zone) {
  for (const auto* child = news.children; child; child = child->next) {
    if (name_of(*child) == "title") item.headline = squeeze(text_of(*child));
    if (name_of(*child) == "publication_date")
      item.date_published = parse_date(text_of(*child), {.zone = zone});
  }
}

void read_image(const xmlNode& image, Item& item, const std::string& url) {
  for (const auto* child = image.children; child; child = child->next)
    if (name_of(*child) == "loc")
      if (auto target = resolve_url(url, text_of(*child)))
        item.images.push_back(std::move(*target));
}

/// A sitemap may be a plain list of addresses, one a line (sitemaps.org, "Text file").
Sitemap read_lines(std::string_view body, const std::string& url) {
  Sitemap out{.kind = "urlset"};
  for (const auto line : split(body, '\n')) {
    const auto target = trim(line);
    if (out.entries.size() == most_entries) break;
    if (!target.starts_with("http")) continue;
    if (auto address = resolve_url(url, target))
      out.entries.push_back({.url = std::move(*address)});
  }
  return out;
}

}  // namespace

Result<Sitemap, std::string> read_sitemap(std::string_view body, const std::string& url,
                                          const TimeZone& zone) {
  std::string unpacked;
  if (body.starts_with("\x1f\x8b")) {
    auto plain = gunzip(body);
    if (!plain) return fail(plain.error());
    unpacked = std::move(*plain);
    body = unpacked;
  }
  body = trim(body);
  if (body.starts_with("http")) return read_lines(body, url);
  const auto document = read_xml(body, url);
  if (!document) return fail(std::string("not XML: no root element could be read"));
  const auto& root = *xmlDocGetRootElement(document.get());
  Sitemap sitemap{.kind = std::string(name_of(root))};
  if (sitemap.kind != "urlset" && sitemap.kind != "sitemapindex")
    return fail("not a sitemap: the root element is <" + sitemap.kind + ">");
  for (const auto* entry = root.children; entry && sitemap.entries.size() < most_entries;
       entry = entry->next) {
    if (name_of(*entry) != "url" && name_of(*entry) != "sitemap") continue;
    Item item;
    for (const auto* child = entry->children; child; child = child->next) {
      const auto name = name_of(*child);
      if (name == "loc")
        item.url = resolve_url(url, text_of(*child)).value_or("");
      else if (name == "lastmod")
        item.date_modified = parse_date(text_of(*child), {.zone = zone});
      else if (name == "news")
        read_news(*child, item, zone);
      else if (name == "image")
        read_image(*child, item, url);
    }
    if (!item.url.empty()) sitemap.entries.push_back(std::move(item));
  }
  return sitemap;
}

}  // namespace tinwatch::parsers
