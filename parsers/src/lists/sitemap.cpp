#include "core/content_coding.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "lists/xml_reader.hpp"
#include "lists/xml_tags.hpp"
#include "lists/xml_text.hpp"
#include "parsers/dates.hpp"
#include "parsers/listing.hpp"

#include <array>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t most_entries = 50'000;
constexpr std::size_t most_images = 1000;  // an entry; Google's limit for image sitemaps

constexpr std::array<std::string_view, 2> entry_names = {"url", "sitemap"};
constexpr std::array<std::string_view, 2> roots = {"urlset", "sitemapindex"};
constexpr std::array<std::string_view, 4> fields = {"loc", "lastmod", "changefreq", "priority"};

constexpr XmlShape shape{
    .records = entry_names, .parents = roots, .fields = fields, .leaves = fields};

bool is_sitemap(std::string_view root) { return is_one_of(root, roots); }

/// A sitemap as its elements end: <url><loc>, <url><news><title>, <url><image><loc>.
class SitemapReader {
 public:
  SitemapReader(const std::string& url, const TimeZone& zone) : url_(url), zone_(zone) {}

  bool note(XmlPath path) {
    if (sitemap_.kind.empty() || !is_sitemap(sitemap_.kind)) {
      sitemap_.kind = path.front().name;
      if (!is_sitemap(sitemap_.kind)) return !iequals(sitemap_.kind, "html");
    }
    const auto& element = path.back();
    if (path.size() == 2 && is_entry(element)) {
      keep();
    } else if (path.size() == 3 && is_entry(path[1])) {
      const bool own = element.prefix.empty() || element.prefix == path[1].prefix;
      if (own && element.name == "loc") address_ = trim(element.text);
      if (own && element.name == "lastmod") modified_ = trim(element.text);
      // <image:loc> without its <image:image>
      if (element.prefix == "image") note_image(element);
    } else if (path.size() == 4 && is_entry(path[1])) {
      if (path[2].name == "news") note_news(element);
      if (path[2].name == "image") note_image(element);
    }
    return sitemap_.entries.size() < most_entries;
  }

  [[nodiscard]] Result<Sitemap, std::string> result() && {
    if (!is_sitemap(sitemap_.kind))
      return fail("not a sitemap: the root element is <" + sitemap_.kind + ">");
    return std::move(sitemap_);
  }

 private:
  static bool is_entry(const XmlElement& element) { return is_one_of(element.name, entry_names); }

  void note_news(const XmlElement& element) {
    if (element.name == "title") headline_ = trim(element.text);
    if (element.name == "publication_date") published_ = trim(element.text);
  }

  void note_image(const XmlElement& element) {
    if (element.name != "loc" || images_.size() == most_images) return;
    if (auto target = resolve_url(url_, trim(element.text))) images_.push_back(std::move(*target));
  }

  void keep() {
    auto target = address_ ? resolve_url(url_, *address_) : std::nullopt;
    if (target && !target->empty())
      sitemap_.entries.push_back({.url = std::move(*target),
                                  .headline = squeeze(headline_),
                                  .date_published = parse_date(published_, {.zone = zone_}),
                                  .date_modified = parse_date(modified_, {.zone = zone_}),
                                  .images = std::move(images_)});
    address_.reset();
    for (auto* text : {&headline_, &published_, &modified_}) text->clear();
    images_.clear();
  }

  const std::string& url_;
  const TimeZone& zone_;
  Sitemap sitemap_;
  // Of the entry that is being read: the last of each counts.
  std::optional<std::string> address_;
  std::string headline_;
  std::string published_;
  std::string modified_;
  std::vector<std::string> images_;
};

/// A sitemap may be a plain list of addresses, one a line (sitemaps.org, "Text file").
Sitemap read_lines(std::string_view body, const std::string& url) {
  Sitemap out{.kind = "urlset"};
  while (!body.empty() && out.entries.size() < most_entries) {
    const auto end = std::min(body.find('\n'), body.size());
    const auto target = trim(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
    if (!target.starts_with("http")) continue;
    if (auto address = resolve_url(url, target))
      out.entries.push_back({.url = std::move(*address)});
  }
  return out;
}

Result<std::string, std::string> unpacked(std::string_view body, std::size_t max_body) {
  auto plain = undo_coding("gzip", body, max_body);
  if (plain) return std::move(*plain);
  if (plain.error() != CodingError::too_large) return fail(std::string("bad gzip data"));
  return fail("larger than " + std::to_string(max_body) +
              " bytes unpacked (fetch.max_body), or over 1 MiB and 100 times its packed size");
}

}  // namespace

Result<Sitemap, std::string> read_sitemap(std::string_view body, const std::string& url,
                                          const TimeZone& zone, std::size_t max_body) {
  std::string plain;
  if (body.starts_with("\x1f\x8b")) {
    auto done = unpacked(body, max_body);
    if (!done) return fail(done.error());
    plain = std::move(*done);
    body = plain;
  }
  const auto text = decode_xml(body);
  body = trim(text);
  if (body.starts_with("http")) return read_lines(body, url);
  SitemapReader reader(url, zone);
  const auto outcome = read_xml(body, shape, [&](XmlPath path) { return reader.note(path); });
  if (!outcome.had_root) return fail(std::string("not XML: no root element could be read"));
  auto sitemap = std::move(reader).result();
  if (sitemap)
    sitemap->count = {.in_bytes = count_start_tags(body, entry_names),
                      .read = outcome.records,
                      .cut_at = outcome.broken_at};
  return sitemap;
}

}  // namespace tinwatch::parsers
