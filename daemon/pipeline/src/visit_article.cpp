#include "article_page.hpp"
#include "core/hash.hpp"
#include "core/url.hpp"
#include "decide_article.hpp"
#include "monitor/shortcuts.hpp"
#include "pipeline/pipeline.hpp"
#include "telemetry/log.hpp"

/// A poll of an article: as little work as tells that nothing changed.
namespace tinwatch::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr int tries_before_retired = 5;
constexpr int dead_after = 2;  // times that a link led nowhere

/// An article's address that leads to the site's front page leads nowhere.
bool led_home(const std::string& asked, const std::string& answered) {
  const auto parts = parse_url(answered);
  return asked != answered && parts && parts->path == "/" && parts->query.empty();
}

}  // namespace

Task<> Pipeline::visit_article(PlanPtr plan, storage::FrontierItem item) {
  if (item.parse_attempts >= crashes_before_skip) {
    co_await skip_killer(std::move(item));
    co_return;
  }
  const auto& source = plan->sources.at(item.source);
  const auto& shortcuts = plan->shortcuts;
  // Only the address an article is known by takes shortcuts: another one's answer must be read, to
  // see whose it is.
  std::optional<storage::StoredArticle> known;
  if (item.last_success_at)
    known = co_await store_.read(&storage::Reader::glance_at_article, item.source_row, item.url);
  const bool usual = known && known->standing.canonical_url == item.url;
  const bool whole = item.shortcuts + 1 >= monitor::whole_read_every;
  const bool conditional = usual && !whole && shortcuts.not_modified &&
                           fetcher_.trusts_validators(item.host) && !known->standing.held.since;
  auto response = co_await fetch(plan, item, conditional);
  if (!response) {
    const auto& error = response.error();
    const auto least = error.not_before;
    co_await failed(std::move(item), error.detail, least);
    co_return;
  }
  const int status = response->status;
  const bool home = status == 200 && led_home(item.url, response->url);
  if (status == 304 && conditional) {
    co_await article_unchanged(std::move(plan), std::move(item), *known, PollResult::not_modified);
    co_return;
  }
  if (status == 404 || status == 410 || home) {
    const auto why = home ? "it leads to the front page" : "HTTP status " + std::to_string(status);
    co_await article_absent(std::move(plan), std::move(item), status == 410, why);
    co_return;
  }
  if (status != 200) {
    co_await failed(std::move(item), "HTTP status " + std::to_string(status), 0s);
    co_return;
  }
  const bool as_known = usual && source.site->canonical(response->url) == item.url;
  const bool may_fit =
      as_known && !whole && shortcuts.region_equal && !is_outdated(*known, *source.site);
  std::string region;  // g++ 12 evaluates both sides of ?: in a co_await
  if (may_fit) region = known->region.text;
  // Where the last poll knew the page by its region (or asked for it in vain: 304), its bytes are
  // hardly ever those of the last read again.
  const bool changes_always = !region.empty() && item.shortcuts > 0;
  std::string sent_sha256;
  if (as_known && shortcuts.bytes_equal && !changes_always) {
    sent_sha256 = sha256_hex(response->body);
    if (sent_sha256 == item.validators.body_sha256) {
      item.validators.etag = response->validators.etag;
      item.validators.last_modified = response->validators.last_modified;
      co_await article_unchanged(std::move(plan), std::move(item), *known, PollResult::bytes_equal);
      co_return;
    }
  }
  auto opened = co_await work_on(work_for(item, false), &open_page, std::move(response->coding),
                                 std::move(response->body), std::move(sent_sha256), plan->max_body,
                                 std::move(region));
  if (!opened.body) {
    const auto& error = opened.body.error();
    metrics_.fetch_failed(fetched_as(item.kind), fetchers::failure_of(error.kind));
    co_await failed(std::move(item), error.detail, 0s);
    co_return;
  }
  if (opened.region_equal) {
    // The bytes were not read whole: their hash is not what equal ones may be told by.
    item.validators.etag = response->validators.etag;
    item.validators.last_modified = response->validators.last_modified;
    co_await article_unchanged(std::move(plan), std::move(item), *known, PollResult::region_equal);
    co_return;
  }
  response->body = std::move(*opened.body);
  response->coding.clear();
  Page page{.response = std::move(*response),
            .sha256 = std::move(opened.sha256),
            .coding = std::move(opened.coding),
            .sent = std::move(opened.sent),
            .sent_sha256 = std::move(opened.sent_sha256),
            .missed = may_fit && !known->region.text.empty()};
  if (!usual) known.reset();
  co_await article_seen(std::move(plan), std::move(item), std::move(page), std::move(known));
}

Task<> Pipeline::article_unchanged(PlanPtr plan, storage::FrontierItem item,
                                   storage::StoredArticle stored, PollResult result) {
  for (;;) {
    const auto decision = std::make_shared<const Decision>(
        decide_unchanged(*plan, item, cadence_.pace(item), clock_.now(), result, stored));
    const auto written = co_await store_.commit(commit_of(decision));
    if (written == storage::CommitResult::conflict) {
      const auto again =
          co_await store_.read(&storage::Reader::glance_at_article, item.source_row, item.url);
      if (!again) co_return;  // due again
      stored = *again;
      continue;
    }
    metrics_.polled(result);
    if (!decision->commit.events.empty())
      tell(item, *decision, record_from_json(stored.head.record).headline);
    if (result == PollResult::not_modified || !health_.asks(item.source, clock_.now())) co_return;
    const auto whole = co_await store_.read(&storage::Reader::find_article, item.source_row,
                                            std::string(), item.url, item.url);
    if (whole)
      health_.note_same_page(item.source, record_from_json(whole->head.record), clock_.now());
    co_return;
  }
}

Task<> Pipeline::article_absent(PlanPtr plan, storage::FrontierItem item, bool gone,
                                std::string why) {
  for (;;) {
    const auto stored = co_await store_.read(&storage::Reader::find_article, item.source_row,
                                             std::string(), item.url, item.url);
    if (!stored) {
      note_first_visit(item, false);
      storage::FrontierUpdate update{.row = item.row,
                                     .visited_at = clock_.now(),
                                     .outcome = VisitOutcome::absent,
                                     .detail = why};
      const int failures = item.failures + 1;
      if (failures >= dead_after)
        update.end = storage::Retired{.failures = failures};
      else
        update.end = storage::Failed{
            .next = {update.visited_at + 5min, "a link that led nowhere is tried once more"},
            .failures = failures};
      co_await store_.update_frontier(std::move(update));
      co_return;
    }
    const auto decision = std::make_shared<const Decision>(
        decide_absence(*plan, item, clock_.now(), gone, why, *stored));
    const auto written = co_await store_.commit(commit_of(decision));
    if (written == storage::CommitResult::conflict) continue;
    tell(item, *decision, record_from_json(stored->head.record).headline);
    co_return;
  }
}

Task<> Pipeline::not_an_article(PlanPtr plan, storage::FrontierItem item, bool gone,
                                parsers::NotAnArticle why_not) {
  const auto page = std::string(label(why_not.page));
  if (gone && !health_.is_drifted(item.source)) {
    co_await article_absent(std::move(plan), std::move(item), /*gone=*/false,
                            "the page is no article (" + page + ')');
    co_return;
  }
  note_first_visit(item, false);
  const auto why = "not an article (" + page + "): " + why_not.detail;
  if (item.failures + 1 >= tries_before_retired && !item.last_success_at) {
    log::info("no article here; not asked again",
              {{"source", item.source}, {"url", item.url}, {"page", page}});
    storage::FrontierUpdate update{.row = item.row,
                                   .visited_at = clock_.now(),
                                   .end = storage::Retired{.failures = item.failures + 1},
                                   .detail = why};
    co_await store_.update_frontier(std::move(update));
    co_return;
  }
  co_await failed(std::move(item), why, 0s);
}

}  // namespace tinwatch::pipeline
