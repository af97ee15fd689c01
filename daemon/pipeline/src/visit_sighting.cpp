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

/// What a page that was read is compared with.
struct Found {
  std::optional<storage::StoredArticle> article;
  std::optional<ReadArticle> before;               ///< as `article` stands
  std::vector<storage::CopyCandidate> candidates;  ///< copies of an article not known yet
  std::vector<storage::CopyView> copies;           ///< of a known one that changed, itself included
  int earlier_revision = 0;  ///< of it, with the state that the page shows; 0: none
  /// The page that is kept of it: to be read anew by another extractor, or to learn from.
  std::optional<storage::Capture> kept_page;
};

/// All that the store is asked for a page: one trip.
Found find(const storage::Reader& reader, std::shared_ptr<const Sighting> page, SitePtr site,
           bool learns, Instant copied_since) {
  const auto& [record, state] = page->article;
  const auto source = page->item.source_row;
  Found out{.article = reader.find_article(source, record.identifier, record.canonical_url,
                                           page->address)};
  if (!out.article) {
    if (page->signature)
      out.candidates = reader.copy_candidates(source, page->signature->bands, copied_since);
    return out;
  }
  const auto& article = *out.article;
  out.before.emplace(record_from_json(article.head.record));
  if (is_outdated(article, *site)) {
    out.kept_page = reader.last_capture(article.row);
    return out;
  }
  if (state.hash == out.before->state.hash) {
    if (learns) out.kept_page = reader.last_capture(article.row);
    return out;
  }
  if (article.has_copies) out.copies = reader.copies(article.id);
  if (article.head.revision > 1)
    out.earlier_revision = reader.revision_of_state(article.row, state.hash);
  return out;
}

/// Comparing and matching cost as much as the text is long: not on the io thread.
std::shared_ptr<Decision> decide(std::shared_ptr<const Plan> plan,
                                 std::shared_ptr<const Sighting> sighting,
                                 std::optional<storage::StoredArticle> stored, WorkBudget& budget) {
  return std::make_shared<Decision>(decide_sighting(*plan, *sighting, stored, budget));
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

/// The server says that its page is younger than the one we know.
bool is_dated_later(const std::string& now, const std::string& before) {
  const auto a = parse_rfc822(now);
  const auto b = parse_rfc822(before);
  return a && b && a->at > b->at;
}

/// Another text under the same ETag, or else the same date.
bool validators_lied(const fetchers::Validators& now, const storage::Validators& before) {
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

std::optional<telemetry::PageField> field_of(parsers::Lack lack) {
  switch (lack) {
    case parsers::Lack::nothing: return std::nullopt;
    case parsers::Lack::headline: return telemetry::PageField::headline;
    case parsers::Lack::body: return telemetry::PageField::body;
  }
  return std::nullopt;
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
                           .request = std::move(response.request_head),
                           .headers = std::move(response.head),
                           .address = std::move(response.address),
                           .content_type = response.content_type,
                           .body = std::move(response.body),
                           .sha256 = std::move(page.sha256),
                           .coding = std::move(page.coding),
                           .sent = std::move(page.sent)};
  const auto sighting = std::make_shared<Sighting>();
  *sighting = Sighting{.item = item,
                       .pace = cadence_.pace(item),
                       .address = site->canonical(response.url),
                       .moved_permanently = response.moved_permanently,
                       .capture = std::make_shared<storage::Capture>(std::move(capture)),
                       .validators = {.etag = response.validators.etag,
                                      .last_modified = response.validators.last_modified,
                                      .body_sha256 = std::move(page.sent_sha256)},
                       .dated_later = fetcher_.trusts_validators(item.host) &&
                                      is_dated_later(response.validators.last_modified,
                                                     item.validators.last_modified)};
  auto parsed =
      co_await work_on(work_for(item), &parse_visited, sighting->capture, site, !known.has_value());
  metrics_.parsed(item.source, parsed.took);
  if (!parsed.article) {
    if (const auto field = field_of(parsed.why_not.lacks))
      metrics_.field_missing(item.source, *field);
    std::optional<ArticleRecord> before;
    if (known) {
      const auto whole = co_await store_.read(&storage::Reader::find_article, item.source_row,
                                              std::string(), item.url, item.url);
      if (whole) before = record_from_json(whole->head.record);
    }
    const bool gone =
        before && says_absence(parsed.why_not.page, sighting->capture->body, before->headline);
    if (before && !gone) health_.note_page(item.source, &*before, nullptr, clock_.now());
    co_await not_an_article(std::move(plan), std::move(item), gone, std::move(parsed.why_not));
    co_return;
  }
  sighting->article = std::move(*parsed.article);
  const auto& record = sighting->article.record;
  // An article is polled at its canonical address: a page cannot declare one that is not the
  // source's own.
  if (!source.scope->holds(record.canonical_url))
    sighting->article.record.canonical_url = sighting->address;
  sighting->signature = std::move(parsed.signature);
  if (!record.date_published) metrics_.field_missing(item.source, telemetry::PageField::date);
  if (record.author.empty()) metrics_.field_missing(item.source, telemetry::PageField::author);

  const bool learns =
      known && plan->shortcuts.region_equal && (known->region.text.empty() || page.missed);
  for (bool is_first_look = true;; is_first_look = false) {
    const std::shared_ptr<const Sighting> seen_page = sighting;
    auto found = co_await store_.read(find, seen_page, site, learns, clock_.now() - copied_within);
    const auto& stored = found.article;
    const bool is_another = known && (!stored || stored->row != known->row);
    if (is_first_look) {
      const bool compares = known && !is_another;
      health_.note_page(item.source, compares ? &found.before->record : nullptr, &record,
                        clock_.now());
    }
    if (is_another) {
      // The address shows another article: this one is no longer there.
      co_await article_absent(std::move(plan), std::move(item), /*gone=*/false,
                              "another article stands here");
      co_return;
    }
    sighting->copy_of.reset();
    if (sighting->signature)
      sighting->copy_of = copy_among(found.candidates, sighting->signature->bytes);
    sighting->copies = std::move(found.copies);
    sighting->earlier_revision = found.earlier_revision;
    sighting->before = std::move(found.before);
    if (stored && is_outdated(*stored, *site))
      sighting->before = co_await read_again(item, std::move(found.kept_page), site);
    if (sighting->before)
      sighting->other_pages = health_.other_pages(item.source, sighting->before->record, record,
                                                  stored->standing.held.since);
    sighting->now = clock_.now();
    const auto decision = co_await work_on(work_for(item), &decide, plan, seen_page, stored);
    if (found.kept_page && decision->poll_result == PollResult::text_equal && !decision->held &&
        !decision->reparsed)
      decision->commit.region =
          co_await learn(seen_page, *stored, site, std::move(*found.kept_page));
    const auto written = co_await store_.commit(commit_of(decision));
    if (written == storage::CommitResult::conflict) continue;

    count(source, *sighting, *decision, stored);
    note_first_visit(item, !stored);
    if (decision->held) health_.note_doubt(item.source, sighting->now);
    tell(item, *decision, record.headline);
    if (decision->change && !decision->held && known && fetcher_.trusts_validators(item.host) &&
        validators_lied(response.validators, item.validators)) {
      log::warning("the server says 'not modified' of pages that were; it is no longer asked so",
                   {{"source", item.source}, {"host", item.host}, {"url", item.url}});
      co_await fetcher_.distrust_validators(item.host);
    }
    co_return;
  }
}

Task<std::optional<ReadArticle>> Pipeline::read_again(storage::FrontierItem item,
                                                      std::optional<storage::Capture> kept_page,
                                                      std::shared_ptr<const parsers::Site> site) {
  if (!kept_page) co_return std::nullopt;
  const storage::CapturePtr capture = std::make_shared<storage::Capture>(std::move(*kept_page));
  try {
    auto again = co_await work_on(work_for(item), &parse_page, capture, site);
    co_return std::move(again.article);
  } catch (const PageFailed&) {
    // As where the bytes are no longer kept: the new state is taken over silently.
    co_return std::nullopt;
  }
}

Task<storage::StoredArticle::Region> Pipeline::learn(std::shared_ptr<const Sighting> sighting,
                                                     storage::StoredArticle stored,
                                                     std::shared_ptr<const parsers::Site> site,
                                                     storage::Capture before) {
  const bool served = !stored.region.text.empty() && sighting->item.shortcuts > 0;
  const int misses = served ? 0 : stored.region.misses;
  storage::StoredArticle::Region out;
  out.misses = misses + 1;
  if (!is_worth_learning(misses)) co_return out;
  try {
    out.text = co_await work_on(work_for(sighting->item), &learn_region, std::move(before),
                                sighting, site);
  } catch (const PageFailed&) {
    // The page will be read whole the next time too.
  }
  co_return out;
}

void Pipeline::note_stored(const std::string& source, const Sighting& sighting,
                           const Decision& decision) {
  constexpr std::size_t kib = 1024;
  const auto& capture = *sighting.capture;
  const auto page = capture.sent.empty() ? capture.body.size() : capture.sent.size();
  const auto record = decision.commit.state ? decision.commit.state->record.size() : 0;
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
    metrics_.revised(decision.change->change_class, bound);
  }
  if (stored || decision.commit.discovery != Discovery::live) return;
  cadence_.note_article(source, sighting.now);
  health_.note_article(source, sighting.item.url, sighting.now);
  const auto& date = sighting.article.record.date_published;
  const bool precise = date && (date->precision == DatePrecision::minute ||
                                date->precision == DatePrecision::second);
  using telemetry::LatencyUnknown;
  const auto latency = precise ? sighting.now - date->time.at : Duration{0};
  if (!date)
    metrics_.detection_latency_unknown(LatencyUnknown::no_date);
  else if (!precise)
    metrics_.detection_latency_unknown(LatencyUnknown::imprecise);
  else if (latency < 0s || latency > 24h)
    metrics_.detection_latency_unknown(LatencyUnknown::out_of_range);
  else
    metrics_.detected(latency);
}

}  // namespace tinwatch::pipeline
