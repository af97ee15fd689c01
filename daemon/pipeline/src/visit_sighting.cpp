#include "article_page.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "decide_article.hpp"
#include "monitor/near_duplicate.hpp"
#include "pipeline/pipeline.hpp"
#include "telemetry/log.hpp"

/// An article's page that has to be read: parse, compare, record.
namespace tinwatch::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr auto copied_within = 30 * 24h;

/// What the store knows of a page's article.
struct Found {
  std::optional<storage::StoredArticle> article;
  std::vector<storage::CopyCandidate> copies;  ///< of an article not known yet
};

Found find(const storage::Reader& reader, std::shared_ptr<const Sighting> page, Instant since) {
  const auto& record = page->record;
  Found out{.article = reader.find_article(page->item.source_row, record.identifier,
                                           record.canonical_url, page->address)};
  if (!out.article && page->signature)
    out.copies = reader.copy_candidates(page->item.source_row, page->signature->bands, since);
  return out;
}

/// Comparing and matching cost as much as the text is long: not on the io thread.
Decision decide(std::shared_ptr<const Plan> plan, std::shared_ptr<const Sighting> sighting,
                std::optional<storage::StoredArticle> stored, WorkBudget& budget) {
  return decide_sighting(*plan, *sighting, stored, budget);
}

std::optional<storage::Capture> last_capture(const storage::Reader& reader, ArticleRow article) {
  return reader.last_capture(article);
}

/// The most alike of those that are alike enough.
std::optional<ArticleRow> copy_among(const std::vector<storage::CopyCandidate>& candidates,
                                     const std::string& signature) {
  std::optional<ArticleRow> out;
  double best = monitor::least_likeness_of_copies;
  for (const auto& candidate : candidates) {
    const double alike = monitor::likeness(signature, candidate.signature);
    if (alike < best) continue;
    best = alike;
    out = candidate.article;
  }
  return out;
}

std::vector<storage::CopyView> copies(const storage::Reader& reader, std::string article) {
  return reader.copies(article);
}

int revision_of_state(const storage::Reader& reader, ArticleRow article, std::string hash) {
  return reader.revision_of_state(article, hash);
}

std::string header_lines(const fetchers::FetchResponse& response) {
  std::string out;
  for (const auto& [name, value] : response.headers) out += name + ": " + value + '\n';
  return out;
}

/// The server says that its page is younger than the one we know.
bool is_dated_later(const std::string& now, const std::string& before) {
  const auto a = parse_rfc822(now);
  const auto b = parse_rfc822(before);
  return a && b && a->at > b->at;
}

/// Another text under the same ETag, or else the same date.
bool validators_lied(const fetchers::Validators& now, const storage::FrontierItem& before) {
  if (!now.etag.empty() || !before.etag.empty()) return now.etag == before.etag;
  return !now.last_modified.empty() && now.last_modified == before.last_modified;
}

/// Whether such a page, at a known article's address, says that the article is not there. A
/// question about cookies does not; nor does a page that still carries its headline: then it is the
/// reading that failed.
bool says_absence(parsers::PageKind page, const std::string& body, const std::string& headline) {
  if (page == parsers::PageKind::consent) return false;
  if (page == parsers::PageKind::paywall) return true;
  return body.find(headline) == std::string::npos &&
         body.find(escape_html(headline)) == std::string::npos;
}

/// Whether it is worth learning again what a page is known by: while it serves, and then ever more
/// seldom.
bool is_worth_learning(int misses) { return misses < 4 || (misses & (misses - 1)) == 0; }

}  // namespace

Task<> Pipeline::article_seen(PlanPtr plan, storage::FrontierItem item, Page page,
                              std::optional<storage::StoredArticle> known) {
  const auto& source = plan->sources.at(item.source);
  const SitePtr site = source.site;
  auto& response = page.response;
  storage::Capture capture{.url = item.url,
                           .final_url = response.url,
                           .fetched_at = clock_.now(),
                           .status = response.status,
                           .headers = header_lines(response),
                           .content_type = response.content_type,
                           .body = std::move(response.body),
                           .sha256 = std::move(page.sha256),
                           .coding = std::move(page.coding),
                           .sent = std::move(page.sent)};
  const auto sighting = std::make_shared<Sighting>();
  *sighting = Sighting{
      .item = item,
      .pace = cadence_.pace(item),
      .address = site->canonical(response.url),
      .moved_permanently = response.moved_permanently,
      .capture = std::make_shared<storage::Capture>(std::move(capture)),
      .sent_sha256 = std::move(page.sent_sha256),
      .etag = response.validators.etag,
      .last_modified = response.validators.last_modified,
      .dated_later = fetcher_.trusts_validators(item.host) &&
                     is_dated_later(response.validators.last_modified, item.last_modified)};
  auto parsed =
      co_await work_on(work_for(item), &parse_visited, sighting->capture, site, !known.has_value());
  metrics_.parsed(item.source, parsed.took);
  std::optional<ArticleRecord> before;
  if (known) before = record_from_json(known->record);
  if (!parsed.record) {
    if (const auto lacks = parsed.why_not.lacks; lacks != parsers::Lack::nothing)
      metrics_.field_missing(item.source, label(lacks));
    const bool gone =
        before && says_absence(parsed.why_not.page, sighting->capture->body, before->headline);
    if (before && !gone) health_.note_page(item.source, &*before, nullptr, clock_.now());
    co_await not_an_article(std::move(plan), std::move(item), gone, std::move(parsed.why_not));
    co_return;
  }
  health_.note_page(item.source, before ? &*before : nullptr, &*parsed.record, clock_.now());
  sighting->record = std::move(*parsed.record);
  // An article is polled at its canonical address: a page cannot declare one that is not the
  // source's own.
  if (!source.scope->holds(sighting->record.canonical_url))
    sighting->record.canonical_url = sighting->address;
  sighting->signature = std::move(parsed.signature);
  if (!sighting->record.date_published) metrics_.field_missing(item.source, "date");
  if (sighting->record.author.empty()) metrics_.field_missing(item.source, "author");

  for (;;) {
    const std::shared_ptr<const Sighting> seen_page = sighting;
    const auto found = co_await store_.read(find, seen_page, clock_.now() - copied_within);
    const auto& stored = found.article;
    if (known && (!stored || stored->row != known->row)) {
      // The address shows another article: this one is no longer there.
      co_await article_absent(std::move(plan), std::move(item), /*gone=*/false,
                              "another article stands here");
      co_return;
    }
    sighting->copy_of.reset();
    if (stored)
      co_await find_before(sighting, site, *stored);
    else if (sighting->signature)
      sighting->copy_of = copy_among(found.copies, sighting->signature->bytes);
    std::optional<storage::Capture> bytes_before;
    if (known && plan->shortcuts.region_equal && (stored->region.empty() || page.missed))
      bytes_before = co_await store_.read(last_capture, stored->row);
    if (sighting->before)
      sighting->other_pages =
          health_.other_pages(item.source, *sighting->before, sighting->record, stored->held.since);
    sighting->now = clock_.now();
    const auto decision = co_await work_on(work_for(item), &decide, plan, seen_page, stored);
    auto commit = decision.commit;
    const auto written = co_await store_.commit(std::move(commit));
    if (written == storage::CommitResult::conflict) continue;

    count(source, *sighting, decision, stored);
    note_first_visit(item, !stored);
    if (decision.held) health_.note_doubt(item.source, sighting->now);
    tell(item, decision, sighting->record.headline);
    if (decision.change && !decision.held && known && fetcher_.trusts_validators(item.host) &&
        validators_lied(response.validators, item)) {
      log::warning("the server says 'not modified' of pages that were; it is no longer asked so",
                   {{"source", item.source}, {"host", item.host}, {"url", item.url}});
      co_await fetcher_.distrust_validators(item.host);
    }
    if (bytes_before && decision.poll_result == "text_equal" && !decision.held &&
        !decision.reparsed)
      co_await learn(seen_page, *stored, site, std::move(*bytes_before));
    co_return;
  }
}

Task<> Pipeline::find_before(std::shared_ptr<Sighting> sighting,
                             std::shared_ptr<const parsers::Site> site,
                             storage::StoredArticle stored) {
  sighting->before.reset();
  sighting->earlier_revision = 0;
  if (is_outdated(stored, *site)) {
    auto old_bytes = co_await store_.read(last_capture, stored.row);
    if (!old_bytes) co_return;
    const storage::CapturePtr capture = std::make_shared<storage::Capture>(std::move(*old_bytes));
    try {
      auto again = co_await work_on(work_for(sighting->item), &parse_page, capture, site);
      sighting->before = std::move(again.record);
    } catch (const PageFailed&) {
      // As where the bytes are no longer kept: the new state is taken over silently.
    }
    co_return;
  }
  sighting->before = record_from_json(stored.record);
  auto state = editorial_hash(sighting->record);
  if (state == editorial_hash(*sighting->before)) co_return;
  if (stored.has_copies) sighting->copies = co_await store_.read(copies, stored.id);
  if (stored.head_revision < 2) co_return;
  sighting->earlier_revision =
      co_await store_.read(revision_of_state, stored.row, std::move(state));
}

Task<> Pipeline::learn(std::shared_ptr<const Sighting> sighting, storage::StoredArticle stored,
                       std::shared_ptr<const parsers::Site> site, storage::Capture before) {
  const bool served = !stored.region.empty() && sighting->item.shortcuts > 0;
  const int misses = served ? 0 : stored.region_misses;
  std::string region;
  if (is_worth_learning(misses)) {
    try {
      region = co_await work_on(work_for(sighting->item), &learn_region, std::move(before),
                                sighting, site);
    } catch (const PageFailed&) {
      // The visit is written; the page will be read whole the next time too.
    }
  }
  co_await store_.save_region(stored.row, std::move(region), misses + 1);
}

void Pipeline::note_stored(const std::string& source, const Sighting& sighting,
                           const Decision& decision) {
  constexpr std::size_t kib = 1024;
  const auto& capture = *sighting.capture;
  const auto page = capture.sent.empty() ? capture.body.size() : capture.sent.size();
  const auto record = decision.commit.record ? decision.commit.record->size() : 0;
  const auto now = clock_.now();
  const int before = stored_.left(source, plan_->most_stored_a_day, now);
  stored_.take(source, static_cast<int>((page + record) / kib) + 1, now);
  if (before > 0 && stored_.left(source, plan_->most_stored_a_day, now) == 0)
    log::warning("the source's revisions fill the disk faster than it may; it rests",
                 {{"source", source},
                  {"url", sighting.item.url},
                  {"until", to_rfc3339(stored_.renewed_at(source, now))}});
}

void Pipeline::count(const SourcePlan& source, const Sighting& sighting, const Decision& decision,
                     const std::optional<storage::StoredArticle>& stored) {
  metrics_.polled(decision.poll_result);
  if (decision.commit.revision) note_stored(source.name, sighting, decision);
  if (decision.reparsed) metrics_.reparsed();
  for (const auto& watch : decision.watch_hits) metrics_.watch_hit(watch);
  if (decision.change && !decision.held) {
    cadence_.note_edit(source.name);
    const auto bound = sighting.now - stored->last_shown_at;
    metrics_.revised(label(decision.change->change_class), bound);
  }
  if (stored || decision.commit.discovery != Discovery::live) return;
  cadence_.note_article(source, sighting.now);
  health_.note_article(source, sighting.item.url, sighting.now);
  const auto& date = sighting.record.date_published;
  const bool precise = date && (date->precision == DatePrecision::minute ||
                                date->precision == DatePrecision::second);
  const auto latency = precise ? sighting.now - date->time.at : Duration{0};
  if (!date)
    metrics_.detection_latency_unknown("no_date");
  else if (!precise)
    metrics_.detection_latency_unknown("imprecise");
  else if (latency < 0s || latency > 24h)
    metrics_.detection_latency_unknown("out_of_range");
  else
    metrics_.detected(latency);
}

}  // namespace tinwatch::pipeline
