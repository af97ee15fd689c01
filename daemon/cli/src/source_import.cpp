#include "source_import.hpp"

#include "core/site_scope.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace tinwatch::cli {
namespace {

constexpr std::size_t longest_name = 50;  // leaves room for what keeps two apart; 63 are allowed

/// The address as far as it tells one feed from another; empty for what is none.
std::string key_of(const std::string& url) {
  const auto parts = parse_url(url);
  if (!parts) return {};
  auto key = parts->host_key() + parts->path_and_query();
  if (key.ends_with('/')) key.pop_back();
  return key;
}

/// `example.test`, or `example.test:8080`; empty: what the feed may lead to holds it already.
std::string other_host(const parsers::OpmlFeed& feed) {
  const auto site = parse_url(feed.site);
  const auto own = SiteScope::make({feed.url}, {});
  if (!site || !own || own->holds(*site)) return {};
  return site->port.empty() ? domain_of(feed.site) : site->host_key();
}

class Names {
 public:
  explicit Names(const config::Config& config) {
    for (const auto& source : config.sources) taken_.insert(source.name);
  }

  /// Two papers may have a feed "World": the second one's has its site's name behind it.
  std::string take(const parsers::OpmlFeed& feed) {
    const auto site = name_from(domain_of(feed.url));
    auto name = name_from(feed.title);
    if (name.empty()) name = site;
    if (taken_.insert(name).second) return name;
    if (name != site)
      name = std::string(clip(name, longest_name - std::min(site.size(), longest_name / 2) - 1)) +
             '-' + std::string(clip(site, longest_name / 2));
    if (taken_.insert(name).second) return name;
    for (std::size_t number = 2;; ++number) {
      auto numbered = name + '-' + std::to_string(number);
      if (taken_.insert(numbered).second) return numbered;
    }
  }

 private:
  std::set<std::string> taken_;
};

/// A string of JSON is one of YAML.
std::string quoted(const std::string& text) {
  return boost::json::serialize(boost::json::value(text));
}

}  // namespace

std::string name_from(std::string_view text) {
  std::string out;
  for (const auto word : words(text)) {
    out += '-';
    for (const char c : fold_marks(word))
      if (is_ascii_lower(c) || is_digit(c))
        out += c;
      else if (!out.ends_with('-'))
        out += '-';
    if (out.ends_with('-')) out.pop_back();
  }
  const auto begin = out.find_first_not_of('-');
  if (begin == std::string::npos) return {};
  out = clip(std::string_view(out).substr(begin), longest_name);
  while (out.ends_with('-')) out.pop_back();
  return out;
}

SourceImport import_from(const parsers::Opml& opml, const config::Config& config) {
  std::set<std::string> configured;
  for (const auto& source : config.sources)
    for (const auto& start : source.start) configured.insert(key_of(start));
  SourceImport out;
  out.sources.reserve(opml.feeds.size());
  Names names(config);
  std::set<std::string> seen;
  for (const auto& feed : opml.feeds) {
    const auto fault =
        feed.url.empty() ? std::string("it has no xmlUrl") : config::bad_start(feed.url);
    const auto key = key_of(feed.url);
    if (!fault.empty()) {
      out.refused.push_back(std::to_string(feed.line) + ": '" + feed.title + "': " + fault);
    } else if (configured.contains(key)) {
      ++out.known;
    } else if (!seen.insert(key).second) {
      ++out.repeated;
    } else {
      auto name = names.take(feed);
      const auto& title = feed.title.empty() ? name : feed.title;
      out.sources.push_back({.name = name,
                             .title = title,
                             .url = canonical_url(feed.url).value_or(feed.url),
                             .host = other_host(feed)});
    }
  }
  return out;
}

std::string sources_file(const std::vector<NewSource>& sources, std::string_view comment) {
  std::string out = "# " + squeeze(comment) + "\nsources:\n";
  for (const auto& source : sources) {
    out += "  - name: " + quoted(source.name) + "\n    title: " + quoted(source.title) +
           "\n    start: [" + quoted(source.url) + "]\n";
    if (!source.host.empty()) out += "    hosts: [" + quoted(source.host) + "]\n";
  }
  return out;
}

parsers::Opml export_of(const config::Config& config) {
  parsers::Opml out{.title = "Tinwatch"};
  for (const auto& source : config.sources) {
    const bool elsewhere = !source.hosts.empty() && source.hosts.front() != "*";
    const auto site = elsewhere ? "https://" + source.hosts.front() + '/' : std::string();
    for (const auto& start : source.start)
      out.feeds.push_back({.url = start, .title = source.title, .site = site});
  }
  return out;
}

}  // namespace tinwatch::cli
