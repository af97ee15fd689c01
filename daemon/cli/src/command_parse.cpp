#include "app/plan_from_config.hpp"
#include "commands.hpp"
#include "config/config.hpp"
#include "core/record.hpp"
#include "core/robots.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "json_lines.hpp"
#include "parsers/article.hpp"
#include "parsers/dates.hpp"
#include "parsers/listing.hpp"

#include <boost/json.hpp>

#include <stdexcept>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

parsers::SitePtr site_for(const std::string& config_file, const std::string& profile) {
  return app::site_for(config::load_despite_faults(config_file), profile);
}

TimeZone zone_for(const std::string& config_file, const std::string& name) {
  const auto wanted = name.empty() ? config::load_despite_faults(config_file).timezone : name;
  const auto zone = TimeZone::find(wanted);
  if (!zone) throw std::invalid_argument("--timezone: there is no zone '" + wanted + "'");
  return *zone;
}

/// A T of the command line; nothing for an empty one.
std::optional<Instant> moment(const std::string& text, const char* option, const TimeZone& zone) {
  if (text.empty()) return std::nullopt;
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  const auto at = parse_time_argument(text, now, zone.offset_at(now));
  if (!at) throw std::invalid_argument("--" + std::string(option) + " '" + text + "' is no time");
  return at;
}

/// Parsing wants an address; a file without one gets a name that is nobody's (RFC 2606).
std::string address(const std::string& url) {
  if (url.empty()) return "https://page.invalid/article";
  const auto canonical = canonical_url(url);
  if (!canonical) throw std::invalid_argument("--url '" + url + "' is no http(s) address");
  return *canonical;
}

json::object not_an_article(const parsers::NotAnArticle& why) {
  return {
      {"error", {{"kind", "not_an_article"}, {"page", label(why.page)}, {"detail", why.detail}}}};
}

json::object item_json(const parsers::Item& item) {
  json::object out{{"url", item.url}};
  if (!item.headline.empty()) out["headline"] = item.headline;
  if (!item.description.empty()) out["description"] = item.description;
  if (item.date_published) out["datePublished"] = item.date_published->text();
  if (item.date_modified) out["dateModified"] = item.date_modified->text();
  if (!item.images.empty()) out["image"] = json::array(item.images.begin(), item.images.end());
  return out;
}

/// JSON and plain text are read whole or not at all.
void put_count(json::object& out, const parsers::EntryCount& count) {
  if (count.in_bytes == 0 && count.read == 0) return;
  out["entriesInBytes"] = count.in_bytes;
  out["entriesRead"] = count.read;
  if (count.cut_at != 0) out["cutAtLine"] = count.cut_at;
}

json::array items_json(const std::vector<parsers::Item>& items) {
  json::array out;
  for (const auto& item : items) out.push_back(item_json(item));
  return out;
}

std::string_view word_of(parsers::UrlKind kind) {
  switch (kind) {
    case parsers::UrlKind::article: return "article";
    case parsers::UrlKind::listing: return "listing";
    case parsers::UrlKind::other: return "other";
  }
  return "";
}

}  // namespace

Exit parse_article(const std::string& config, const ParseOptions& options) {
  const auto site = site_for(config, options.profile);
  const auto fetched_at = moment(options.fetched_at, "fetched-at", site->zone());
  const auto read = [&](const std::string& url, const std::string& path) {
    auto document = parsers::decode(address(url), "", read_input(path));
    document.fetched_at = fetched_at;
    return parsers::extract_article(document, site);
  };
  if (options.jsonl) {
    return each_line([&](const json::object& in, json::object& out) {
      const auto record = read(string_at(in, "url"), string_at(in, "path"));
      if (record)
        out["article"] = to_json(*record);
      else
        out["error"] = not_an_article(record.error()).at("error");
    });
  }
  if (options.file.empty())
    throw std::invalid_argument("name a FILE (- for standard input), or --jsonl");
  const auto record = read(options.url, options.file);
  if (record)
    print_json(to_json(*record));
  else
    print_json(not_an_article(record.error()));
  return record ? Exit::done : Exit::no;
}

Exit parse_listing(const std::string& config, const ParseOptions& options) {
  const auto listing =
      parsers::read_listing(parsers::decode(address(options.url), "", read_input(options.file)),
                            site_for(config, options.profile));
  json::object out;
  auto& links = out["links"].emplace_array();
  for (const auto& link : listing.links)
    links.push_back(json::object{
        {"url", link.url}, {"kind", word_of(link.kind)}, {"text", link.text}, {"why", link.why}});
  out["feeds"] = json::array(listing.feeds.begin(), listing.feeds.end());
  out["next"] = json::array(listing.next.begin(), listing.next.end());
  print_json(out);
  return Exit::done;
}

Exit parse_feed(const std::string& config, const ParseOptions& options) {
  const auto feed = parsers::read_feed(read_input(options.file), address(options.url),
                                       site_for(config, options.profile)->zone());
  if (!feed) {
    complain(options.file + ": " + feed.error());
    return Exit::no;
  }
  json::object out{
      {"kind", feed->kind}, {"title", feed->title}, {"items", items_json(feed->items)}};
  put_count(out, feed->count);
  print_json(out);
  return Exit::done;
}

Exit parse_sitemap(const std::string& config, const ParseOptions& options) {
  const auto sitemap = parsers::read_sitemap(read_input(options.file), address(options.url),
                                             site_for(config, options.profile)->zone(),
                                             config::load_despite_faults(config).fetch.max_body);
  if (!sitemap) {
    complain(options.file + ": " + sitemap.error());
    return Exit::no;
  }
  json::object out{{"kind", sitemap->kind}, {"entries", items_json(sitemap->entries)}};
  put_count(out, sitemap->count);
  print_json(out);
  return Exit::done;
}

Exit parse_robots(const ParseOptions& options) {
  const auto parts = parse_url(options.url);
  if (!parts) throw std::invalid_argument("--url '" + options.url + "' is no http(s) address");
  const auto robots = Robots::parse(read_input(options.file), options.agent);
  // As given: an address in its canonical form has no encoding left to look at.
  const std::string_view given = options.url;
  const auto path_at = given.find_first_of("/?", given.find("://") + 3);
  auto path = std::string(given.substr(std::min(path_at, given.size())));
  path.resize(std::min(path.find('#'), path.size()));
  if (!path.starts_with('/')) path.insert(0, 1, '/');
  const bool allowed = robots.allows(path);
  if (!options.json) {
    print(allowed ? "allowed" : "disallowed");
    return Exit::done;
  }
  json::object out{{"allowed", allowed},
                   {"sitemaps", json::array(robots.sitemaps().begin(), robots.sitemaps().end())}};
  if (const auto delay = robots.crawl_delay())
    out["crawlDelaySeconds"] = static_cast<double>(delay->count()) / 1000;
  print_json(out);
  return Exit::done;
}

Exit parse_date(const std::string& config, const DateOptions& options) {
  const auto zone = zone_for(config, options.timezone);
  const auto read = [&](const std::string& text, const std::string& reference) {
    const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    return parsers::parse_date(
        text, {.zone = zone, .reference = moment(reference, "reference", zone).value_or(now)});
  };
  if (options.jsonl) {
    return each_line([&](const json::object& in, json::object& out) {
      const auto reference = string_at(in, "reference");
      const auto date =
          read(string_at(in, "text"), reference.empty() ? options.reference : reference);
      out["date"] = date ? json::value(date->text()) : json::value(nullptr);
      if (date) out["precision"] = label(date->precision);
    });
  }
  const auto date = read(options.text, options.reference);
  print(date ? date->text() : "");
  return Exit::done;
}

}  // namespace tinwatch::cli
