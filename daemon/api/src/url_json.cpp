#include "url_json.hpp"

#include "core/robots.hpp"
#include "core/time.hpp"
#include "core/url.hpp"

#include <boost/json.hpp>

#include <cmath>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

json::object host_json(const KnownHost& known, const std::string& url, Instant now) {
  const auto& host = known.state;
  json::object out{{"name", host.host}, {"nextAllowedAt", to_rfc3339(host.next_allowed)}};
  if (host.blocked_until && *host.blocked_until > now) {
    out["blockedUntil"] = to_rfc3339(*host.blocked_until);
    out["failures"] = host.failures;
  }
  if (host.validators_lied_at) out["validatorsLiedAt"] = to_rfc3339(*host.validators_lied_at);
  if (known.robots) {
    json::object robots{{"fetchedAt", to_rfc3339(known.robots->fetched_at)},
                        {"status", known.robots->status}};
    const auto rules =
        Robots::from_answer(known.robots->status, known.robots->text.value_or(""), "tinwatch");
    if (const auto parts = parse_url(url))
      robots["allowed"] = rules.allows(parts->path_and_query());
    if (const auto delay = rules.crawl_delay()) robots["crawlDelay"] = to_text(*delay);
    out["robots"] = std::move(robots);
  }
  return out;
}

}  // namespace

json::object url_json(const storage::UrlView& url, const std::optional<KnownHost>& host,
                      const std::optional<storage::LearnedTemplate>& form, Instant now) {
  json::object out{{"source", url.source},
                   {"url", url.url},
                   {"kind", label(url.kind)},
                   {"state", url.waiting ? "waiting" : "retired"},
                   {"discovery", label(url.discovery)},
                   {"foundAt", to_rfc3339(url.found_at)}};
  if (url.is_start) out["isStart"] = true;
  if (!url.found_on.empty()) out["foundOn"] = url.found_on;
  if (url.waiting) {
    out["dueAt"] = to_rfc3339(url.due_at);
    out["dueReason"] = url.due_reason.empty() ? "not visited yet" : url.due_reason;
  }
  if (url.last_success_at) out["lastSuccessAt"] = to_rfc3339(*url.last_success_at);
  if (url.failures > 0) out["failures"] = url.failures;
  out["shortcuts"] = url.shortcuts;
  auto& visits = out["visits"].emplace_array();
  for (const auto& visit : url.visits) {
    json::object item{{"firstAt", to_rfc3339(visit.first_at)},
                      {"lastAt", to_rfc3339(visit.last_at)},
                      {"times", visit.times},
                      {"outcome", visit.outcome}};
    if (!visit.detail.empty()) item["detail"] = visit.detail;
    visits.push_back(std::move(item));
  }
  if (!url.article.empty()) {
    json::object article{{"id", url.article},
                         {"url", url.article_url},
                         {"status", label(url.article_status)},
                         {"revision", url.head_revision}};
    if (!url.held.editorial_hash.empty()) {
      json::object held{{"looks", url.held.looks}};
      if (url.held.since) held["since"] = to_rfc3339(*url.held.since);
      article["held"] = std::move(held);
    }
    out["article"] = std::move(article);
  }
  if (host) out["host"] = host_json(*host, url.url, now);
  if (form)
    out["form"] = {{"template", form->address_template},
                   {"articles", std::lround(form->articles)},
                   {"others", std::lround(form->others)}};
  return out;
}

void add_noise(const std::vector<storage::Noise>& noise, json::object& url) {
  if (noise.empty()) return;
  auto& items = url["noise"].emplace_array();
  for (const auto& one : noise)
    items.push_back(json::object{{"form", one.form},
                                 {"moves", one.moves},
                                 {"articles", one.articles},
                                 {"learnedAt", to_rfc3339(one.learned_at)}});
}

}  // namespace tinwatch::api
