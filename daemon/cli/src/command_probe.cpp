#include "answers.hpp"
#include "app/plan_from_config.hpp"
#include "commands.hpp"
#include "config/config.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "source_probe.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

std::string_view word_of(parsers::ListKind kind) {
  switch (kind) {
    case parsers::ListKind::html: return "page";
    case parsers::ListKind::feed: return "feed";
    case parsers::ListKind::sitemap: return "sitemap";
  }
  return "";
}

/// The rules of the configured source whose host this is, else those of a source that names nothing
/// but its address.
crawl::SourcePlan source_at(const std::string& url, const std::string& profile,
                            const config::Config& config, const crawl::Plan& plan) {
  crawl::SourcePlan out{.name = "test"};
  const auto configured =
      std::find_if(plan.sources.begin(), plan.sources.end(), [&](const auto& source) {
        return std::any_of(source.second.start.begin(), source.second.start.end(),
                           [&](const auto& start) { return host_key(start) == host_key(url); });
      });
  if (configured != plan.sources.end()) out = configured->second;
  if (!out.site || !profile.empty()) out.site = app::site_for(config, profile);
  out.start = {out.site->canonical(url)};
  if (!out.scope) {
    auto scope = SiteScope::make(out.start, out.site->profile().hosts);
    if (!scope) throw std::invalid_argument("hosts: " + scope.error());
    out.scope = std::make_shared<const SiteScope>(std::move(*scope));
  }
  return out;
}

json::object as_json(const SourceProbe::Report& report) {
  json::object out{{"articles", report.articles}};
  auto& lists = out["lists"].emplace_array();
  for (const auto& list : report.lists) {
    json::object item{{"url", list.url}, {"articles", list.articles}, {"lists", list.lists}};
    if (list.status != 0) item["status"] = list.status;
    if (list.kind) item["kind"] = word_of(*list.kind);
    if (!list.trouble.empty()) item["trouble"] = list.trouble;
    lists.push_back(std::move(item));
  }
  auto& pages = out["read"].emplace_array();
  for (const auto& page : report.pages) {
    json::object item{{"url", page.url}};
    if (page.record)
      item["article"] = to_json(*page.record);
    else
      item["trouble"] = page.trouble;
    pages.push_back(std::move(item));
  }
  return out;
}

void print_text(const SourceProbe::Report& report) {
  for (const auto& list : report.lists) {
    print(list.url);
    if (list.kind && list.trouble.empty())
      print("  " + std::string(word_of(*list.kind)) + ", names " + std::to_string(list.articles) +
            " articles and " + std::to_string(list.lists) + " lists");
    else
      print("  " + list.trouble);
  }
  for (const auto& page : report.pages) {
    print(page.url);
    if (!page.record) {
      print("  no article: " + page.trouble);
      continue;
    }
    const auto& record = *page.record;
    print("  headline  " + record.headline);
    print("  date      " + (record.date_published ? record.date_published->text() : "none"));
    print("  author    " + (record.author.empty() ? "none" : join(record.author, ", ")));
    print("  body      " + std::to_string(record.article_body().size()) + " bytes");
  }
  print(std::to_string(report.articles) + " articles named, " +
        std::to_string(report.pages.size()) + " looked at");
}

}  // namespace

Exit test_source(const std::string& config_file, const std::string& url, const std::string& profile,
                 const std::string& format) {
  const auto address = canonical_url(url);
  if (!address) throw std::invalid_argument("'" + url + "' is no http(s) address");
  const auto config = config::load_despite_faults(config_file);
  if (const auto missing = config::missing_contact(config, *address); !missing.empty())
    throw std::invalid_argument(missing);
  auto plan = app::plan_from(config);
  auto source = source_at(*address, profile, config, *plan);
  SourceProbe probe(config, std::move(plan), std::move(source));
  const auto report = probe.run();
  if (format == "json")
    print_json(as_json(report));
  else
    print_text(report);
  return report.is_well() ? Exit::done : Exit::no;
}

}  // namespace tinwatch::cli
