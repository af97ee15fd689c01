#include "core/hash.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "decide_article.hpp"
#include "parsers/article.hpp"
#include "pipeline/pipeline.hpp"
#include "telemetry/log.hpp"

#include <algorithm>

namespace tinwatch::pipeline {
namespace {

using namespace std::chrono_literals;
using parsers::NotAnArticle;
using SitePtr = std::shared_ptr<const parsers::Site>;

constexpr int tries_before_retired = 5;

/// A parse and what it cost, made on the cpu thread.
struct Parsed {
  std::optional<ArticleRecord> record;
  NotAnArticle why_not;
  std::chrono::nanoseconds took{};
};

Parsed parse(storage::Capture capture, SitePtr site) {
  const auto started = std::chrono::steady_clock::now();
  auto document = parsers::decode(capture.final_url, capture.content_type, capture.body);
  document.fetched_at = capture.fetched_at;
  auto record = parsers::extract_article(document, site);
  Parsed out{.took = std::chrono::steady_clock::now() - started};
  if (record)
    out.record = std::move(*record);
  else
    out.why_not = record.error();
  return out;
}

std::optional<storage::StoredArticle> find(const storage::Reader& reader, SourceRow source,
                                           std::string identifier, std::string canonical,
                                           std::string address) {
  return reader.find_article(source, identifier, canonical, address);
}

/// Comparing and matching cost as much as the text is long: not on the io thread.
Decision decide(std::shared_ptr<const Plan> plan, std::shared_ptr<const Sighting> sighting,
                std::optional<storage::StoredArticle> stored) {
  return decide_sighting(*plan, *sighting, stored);
}

std::optional<storage::Capture> last_capture(const storage::Reader& reader, ArticleRow article) {
  return reader.last_capture(article);
}

std::string header_lines(const fetchers::FetchResponse& response) {
  std::string out;
  for (const auto& [name, value] : response.headers) out += name + ": " + value + '\n';
  return out;
}

/// An article's address that leads to the site's front page leads nowhere.
bool led_home(const std::string& asked, const std::string& answered) {
  const auto parts = parse_url(answered);
  return asked != answered && parts && parts->path == "/" && parts->query.empty();
}

std::string_view event_word(const std::string& type) {
  constexpr std::string_view prefix = "tinwatch.article.";
  return type.starts_with(prefix) ? std::string_view(type).substr(prefix.size())
                                  : std::string_view();
}

void log_events(const storage::FrontierItem& item, const Decision& decision,
                const std::string& headline) {
  for (const auto& event : decision.commit.events) {
    const auto word =
        event.hit ? "watch hit: " + event.hit->watch : std::string(event_word(event.type));
    const auto& change = decision.change;
    if (event.type == "tinwatch.article.revised" && change) {
      log::info(word, {{"source", item.source},
                       {"headline", headline},
                       {"fields", join(change->fields, ",")},
                       {"removed", join(change->words_removed, " ")},
                       {"added", join(change->words_added, " ")},
                       {"article", decision.commit.id}});
    } else {
      log::info(word, {{"source", item.source},
                       {"headline", headline},
                       {"url", decision.commit.canonical_url},
                       {"discovery", std::string(label(event.discovery))},
                       {"article", decision.commit.id}});
    }
  }
}

}  // namespace

Task<> Pipeline::visit_article(PlanPtr plan, storage::FrontierItem item) {
  if (item.parse_attempts >= crashes_before_skip) {
    co_await skip_killer(std::move(item));
    co_return;
  }
  // Only the address an article is known by is asked conditionally: another one's answer must be
  // read, to see whose it is.
  const auto known = co_await store_.read(find, item.source_row, std::string(), item.url, item.url);
  const bool usual = known && known->canonical_url == item.url && item.last_success_at;
  auto response = co_await fetch(plan, item, usual);
  if (!response) {
    const auto& error = response.error();
    const auto least = error.not_before;
    co_await failed(std::move(item), error.detail, least);
    co_return;
  }
  const auto& site = *plan->sources.at(item.source).site;
  const int status = response->status;
  if (status == 304 && usual) {
    co_await article_unchanged(std::move(plan), std::move(item), "not_modified");
  } else if (status == 404 || status == 410 ||
             (status == 200 && led_home(item.url, response->url))) {
    co_await article_absent(std::move(plan), std::move(item), status == 410);
  } else if (status != 200) {
    co_await failed(std::move(item), "HTTP status " + std::to_string(status), 0s);
  } else if (usual && site.canonical(response->url) == item.url && !item.body_sha256.empty() &&
             sha256_hex(response->body) == item.body_sha256) {
    item.etag = response->validators.etag;
    item.last_modified = response->validators.last_modified;
    co_await article_unchanged(std::move(plan), std::move(item), "bytes_equal");
  } else {
    std::optional<storage::StoredArticle> shown;
    if (usual) shown = known;
    co_await article_seen(std::move(plan), std::move(item), std::move(*response), std::move(shown));
  }
}

Task<> Pipeline::article_unchanged(PlanPtr plan, storage::FrontierItem item,
                                   std::string_view result) {
  for (;;) {
    const auto stored =
        co_await store_.read(find, item.source_row, std::string(), item.url, item.url);
    if (!stored) {
      co_await failed(std::move(item), "an unchanged page without an article", 0s);
      co_return;
    }
    const auto decision =
        decide_unchanged(*plan, item, cadence_.pace(item), clock_.now(), result, *stored);
    auto commit = decision.commit;
    const auto written = co_await store_.commit(std::move(commit));
    if (written == storage::CommitResult::conflict) continue;
    metrics_.polled(result);
    for (const auto& event : decision.commit.events)
      metrics_.article_event(item.source, event_word(event.type));
    if (!decision.commit.events.empty())
      log_events(item, decision, record_from_json(stored->record).headline);
    if (on_deliveries && !decision.commit.events.empty()) on_deliveries();
    co_return;
  }
}

Task<> Pipeline::article_absent(PlanPtr plan, storage::FrontierItem item, bool gone) {
  for (;;) {
    const auto stored =
        co_await store_.read(find, item.source_row, std::string(), item.url, item.url);
    if (!stored) {
      storage::FrontierUpdate update{.row = item.row,
                                     .visited_at = clock_.now(),
                                     .due_at = clock_.now() + 24h,
                                     .failures = item.failures + 1};
      // A link that led nowhere twice is dead.
      if (item.failures >= 1)
        update.state = FrontierState::retired;
      else
        update.due_at = clock_.now() + 5min;
      co_await store_.update_frontier(std::move(update));
      co_return;
    }
    const auto decision = decide_absence(*plan, item, clock_.now(), gone, *stored);
    auto commit = decision.commit;
    const auto written = co_await store_.commit(std::move(commit));
    if (written == storage::CommitResult::conflict) continue;
    for (const auto& event : decision.commit.events)
      if (event_word(event.type) != "missing")
        metrics_.article_event(item.source, event_word(event.type));
    log_events(item, decision, record_from_json(stored->record).headline);
    if (on_deliveries && !decision.commit.events.empty()) on_deliveries();
    co_return;
  }
}

Task<> Pipeline::article_seen(PlanPtr plan, storage::FrontierItem item,
                              fetchers::FetchResponse response,
                              std::optional<storage::StoredArticle> known) {
  const auto& source = plan->sources.at(item.source);
  const SitePtr site = source.site;
  co_await store_.begin_parse(item.row);
  const auto sighting = std::make_shared<Sighting>();
  *sighting = Sighting{.item = item,
                       .pace = cadence_.pace(item),
                       .address = site->canonical(response.url),
                       .moved_permanently = response.moved_permanently,
                       .capture = {.url = item.url,
                                   .final_url = response.url,
                                   .fetched_at = clock_.now(),
                                   .status = response.status,
                                   .headers = header_lines(response),
                                   .content_type = response.content_type},
                       .etag = response.validators.etag,
                       .last_modified = response.validators.last_modified};
  sighting->capture.sha256 = sha256_hex(response.body);
  sighting->capture.body = std::move(response.body);
  auto parsed = co_await work_on_cpu(&parse, sighting->capture, site);
  metrics_.parsed(item.source, parsed.took);
  if (!parsed.record) {
    // An article's address that now leads to a page of another kind leads nowhere.
    if (known && !response.redirects.empty()) {
      co_await article_absent(std::move(plan), std::move(item), /*gone=*/false);
      co_return;
    }
    if (item.failures + 1 >= tries_before_retired && !item.last_success_at) {
      log::info("no article here; not asked again",
                {{"source", item.source},
                 {"url", item.url},
                 {"page", std::string(label(parsed.why_not.page))}});
      storage::FrontierUpdate update{.row = item.row,
                                     .visited_at = clock_.now(),
                                     .due_at = clock_.now(),
                                     .failures = item.failures + 1,
                                     .state = FrontierState::retired};
      co_await store_.update_frontier(std::move(update));
      co_return;
    }
    const auto why = "not an article (" + std::string(label(parsed.why_not.page)) +
                     "): " + parsed.why_not.detail;
    co_await failed(std::move(item), why, 0s);
    co_return;
  }
  sighting->record = std::move(*parsed.record);
  if (!sighting->record.date_published) metrics_.field_missing(item.source, "date");
  if (sighting->record.author.empty()) metrics_.field_missing(item.source, "author");

  for (;;) {
    const auto stored = co_await store_.read(find, item.source_row, sighting->record.identifier,
                                             sighting->record.canonical_url, sighting->address);
    if (known && (!stored || stored->row != known->row)) {
      // The address shows another article: this one is no longer there.
      co_await article_absent(std::move(plan), std::move(item), /*gone=*/false);
      co_return;
    }
    sighting->before.reset();
    if (stored && is_outdated(*stored, *site)) {
      auto old_bytes = co_await store_.read(last_capture, stored->row);
      if (old_bytes) {
        auto again = co_await work_on_cpu(&parse, std::move(*old_bytes), site);
        sighting->before = std::move(again.record);
      }
    } else if (stored) {
      sighting->before = record_from_json(stored->record);
    }
    sighting->now = clock_.now();
    const std::shared_ptr<const Sighting> seen_page = sighting;
    const auto decision = co_await work_on_cpu(&decide, plan, seen_page, stored);
    auto commit = decision.commit;
    const auto asked = std::chrono::steady_clock::now();
    const auto written = co_await store_.commit(std::move(commit));
    metrics_.committed(std::chrono::steady_clock::now() - asked);
    if (written == storage::CommitResult::conflict) continue;

    metrics_.polled(decision.poll_result);
    if (decision.reparsed) metrics_.reparsed();
    for (const auto& event : decision.commit.events)
      if (const auto word = event_word(event.type); !word.empty())
        metrics_.article_event(item.source, word);
    for (const auto& watch : decision.watch_hits) metrics_.watch_hit(watch);
    if (decision.change) {
      cadence_.note_edit(item.source);
      const auto bound = sighting->now - stored->last_shown_at;
      metrics_.revised(label(decision.change->change_class), bound);
    }
    if (!stored && decision.commit.discovery == Discovery::live) {
      cadence_.note_article(source, sighting->now);
      const auto& date = sighting->record.date_published;
      const bool precise = date && (date->precision == DatePrecision::minute ||
                                    date->precision == DatePrecision::second);
      const auto latency = precise ? sighting->now - date->time.at : Duration{0};
      if (!date)
        metrics_.detection_latency_unknown("no_date");
      else if (!precise)
        metrics_.detection_latency_unknown("imprecise");
      else if (latency < 0s || latency > 24h)
        metrics_.detection_latency_unknown("out_of_range");
      else
        metrics_.detected(latency);
    }
    log_events(item, decision, sighting->record.headline);
    if (on_deliveries && !decision.commit.events.empty()) on_deliveries();
    co_return;
  }
}

}  // namespace tinwatch::pipeline
