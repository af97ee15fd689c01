#include "article_signs.hpp"
#include "article_visit.hpp"
#include "core/url.hpp"
#include "decide_article.hpp"
#include "found_article.hpp"
#include "monitor/near_duplicate.hpp"

#include <algorithm>

/// An article's page that has to be read: parse, compare, record.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

constexpr auto copied_within = 30 * 24h;
/// Comparing and matching cost as much as the text is long: not on the io thread.
std::shared_ptr<Decision> decide(std::shared_ptr<const Plan> plan,
                                 std::shared_ptr<const Sighting> sighting,
                                 std::shared_ptr<const Background> known, WorkBudget& budget) {
  return std::make_shared<Decision>(decide_sighting(*plan, *sighting, *known, budget));
}

/// The most alike of those that are alike enough.
std::optional<ArticleRow> copy_among(const std::vector<storage::CopyCandidate>& candidates,
                                     const std::string& signature) {
  std::optional<ArticleRow> out;
  double best = monitor::least_likeness_of_copies;
  for (const auto& candidate : candidates) {
    if (candidate.is_own) continue;
    const double alike = monitor::likeness(signature, candidate.signature);
    if (alike < best) continue;
    best = alike;
    out = candidate.article;
  }
  return out;
}

/// Whether a page has come that the state before named and lacked.
bool is_completed(const ArticleRecord& before, const Sighting& now) {
  const auto& pages = now.capture->further;
  return !before.next_page.empty() &&
         std::any_of(pages.begin(), pages.end(),
                     [&](const auto& page) { return page->url == before.next_page; });
}

std::vector<telemetry::PageField> lacks_of(const Parsed& parsed) {
  using telemetry::PageField;
  std::vector<PageField> out;
  if (!parsed.article) {
    switch (parsed.why_not.lacks) {
      case parsers::Lack::nothing: break;
      case parsers::Lack::headline: out.push_back(PageField::headline); break;
      case parsers::Lack::body: out.push_back(PageField::body); break;
    }
    return out;
  }
  const auto& record = parsed.article->record;
  if (!record.date_published) out.push_back(PageField::date);
  if (record.author.empty()) out.push_back(PageField::author);
  return out;
}

}  // namespace

storage::Capture ArticleVisit::capture_of(const std::string& url, Page& page, Instant at) {
  auto& response = page.response;
  return {.url = url,
          .final_url = response.url,
          .fetched_at = at,
          .status = response.status,
          .request = std::move(response.request_head),
          .headers = std::move(response.head),
          .address = std::move(response.address),
          .content_type = response.content_type,
          .body = std::move(response.body),
          .sha256 = std::move(page.sha256),
          .coding = std::move(page.coding),
          .sent = std::move(page.sent)};
}

std::shared_ptr<Sighting> ArticleVisit::sighting_of(Page page) const {
  auto& response = page.response;
  auto capture = capture_of(item_.url, page, now());
  const auto& validators = response.validators;
  auto out = std::make_shared<Sighting>();
  out->item = item_;
  out->pace = memory_.cadence.pace(item_);
  out->address = source_.site->canonical(response.url);
  // Sent on for the moment to a parameter more (a session, a test of cookies), it stays where it
  // is.
  const bool was_sent = !response.redirects.empty();
  if (was_sent && !response.moved_permanently &&
      without_query(out->address) == without_query(item_.url))
    out->address = item_.url;
  out->redirected = was_sent && out->address != item_.url;
  out->breaks_off = breaks_off(capture.body);
  out->capture = std::make_shared<storage::Capture>(std::move(capture));
  out->validators = {.etag = validators.etag,
                     .last_modified = validators.last_modified,
                     .body_sha256 = std::move(page.sent_sha256)};
  out->dated_later = trusts_validators() &&
                     is_dated_later(validators.last_modified, item_.validators.last_modified);
  return out;
}

Task<> ArticleVisit::seen(Page page) {
  const auto sighting = sighting_of(std::move(page));
  auto form = parsers::address_template(item_.url);
  std::vector<storage::Noise> noise;
  if (doors_.store.has_noise())
    noise = co_await doors_.store.read(&storage::Reader::noise, item_.source, form);
  sighting->noise = page_noise(std::move(form), std::move(noise));
  auto parsed = co_await work_on(/*journalled=*/true, &parse_visited, sighting->capture,
                                 source_.site, sighting->noise, !known_.has_value());
  report_.article.parse = ArticleReport::Parse{.took = parsed.took, .lacks = lacks_of(parsed)};
  if (!parsed.article) {
    parsed.article = co_await hidden_article(sighting->capture, parsed.why_not, sighting->noise);
    sighting->behind_paywall = parsed.article.has_value();
  }
  if (!parsed.article) {
    co_await no_article(sighting->capture, std::move(parsed.why_not));
    co_return;
  }
  sighting->article = std::move(*parsed.article);
  auto& record = sighting->article.record;
  // An article is polled at its canonical address: a page cannot declare one that is not the
  // source's own.
  if (!source_.scope->holds(record.canonical_url)) record.canonical_url = sighting->address;
  sighting->signature = std::move(parsed.signature);
  sighting->noise_met = std::move(parsed.noise);
  if (!record.next_page.empty()) {
    const bool goes_on = co_await read_further(sighting);
    if (!goes_on) co_return;
  }
  const std::shared_ptr<const Sighting> read = sighting;
  for (bool written = false; !written;) written = co_await compare(read);
}

Task<std::optional<ReadArticle>> ArticleVisit::hidden_article(storage::CapturePtr page,
                                                              parsers::NotAnArticle why_not,
                                                              PageNoisePtr noise) {
  if (!known_ || why_not.page != parsers::PageKind::paywall) co_return std::nullopt;
  const auto stored = co_await look_up();
  if (!stored) co_return std::nullopt;
  auto record = record_from_json(stored->head.record);
  if (!stored->standing.is_paywalled && !carries(page->body, record.headline))
    co_return std::nullopt;
  record.is_accessible_for_free = false;
  monitor::take_out(noise->forms, record);
  co_return ReadArticle(std::move(record));
}

Task<bool> ArticleVisit::compare(std::shared_ptr<const Sighting> sighting) {
  auto& report = report_.article;
  report_.at = now();
  std::optional<ArticleRow> known;
  if (known_) known = known_->row;
  const Search search{
      .learns = known_ && known_->further_pages == 0 && plan_->shortcuts.region_equal &&
                (known_->region.text.empty() || missed_),
      .site_lost_pages =
          memory_.guard.is_of_site(item_.source, ArticleRow(0), monitor::Sign::absent, report_.at),
      .copied_since = report_.at - copied_within};
  auto found =
      co_await doors_.store.read(&ArticleVisit::find, sighting, source_.site, known, search);
  if (found.page) sighting = std::move(found.page);
  const auto& record = sighting->article.record;
  const auto& stored = found.article;
  const bool is_another = known && (!stored || stored->row != *known);
  if (is_another) {
    // The address shows another article: this one is no longer there.
    if (is_detour(*sighting)) report.detour = sighting->address;
    co_await absent(/*gone=*/false, "another article stands here", std::move(found.displaced));
    co_return true;
  }
  const auto& guard = memory_.guard;
  if (!stored &&
      guard.replaces_others(item_.source, ArticleRow(0), text_hash(record), report_.at)) {
    report.is_new = false;
    co_await miss("the page that stands in the place of the source's other articles", 0s);
    co_return true;
  }
  if (!stored && is_unwitnessed_detour(*sighting)) {
    report.detour = sighting->address;
    report.is_new = false;
    co_await miss("it leads to a page of another name; believed when the source shows others", 0s);
    co_return true;
  }
  // A page that stands in the place of another says nothing of how the site's articles are built.
  if (!report.page)  // the first look
    report.page = monitor::compared_fields(known ? &found.before->record : nullptr, record);
  const auto background = std::make_shared<Background>();
  if (sighting->signature)
    background->copy_of = copy_among(found.candidates, sighting->signature->bytes);
  background->suspects = std::move(found.suspects);
  background->copies = std::move(found.copies);
  background->copies_carry = std::move(found.copies_carry);
  background->earlier_revision = found.earlier_revision;
  background->before = std::move(found.before);
  // The page kept of an article behind a paywall has not got its text.
  if (stored && is_outdated(*stored, *source_.site) && !stored->standing.is_paywalled)
    background->before = co_await read_again(std::move(found.kept_page), sighting->noise);
  if (background->before && is_completed(background->before->record, *sighting)) {
    background->before.reset();
    background->is_completed = true;
  }
  if (background->before)
    background->other_pages =
        memory_.health.other_pages(item_.source, *report.page, background->before->record, record,
                                   stored->standing.held.since, report_.at);
  background->now = report_.at = now();
  background->stored = stored;
  std::uint64_t text = 0;  // of an edit: nothing else may stand in an article's place
  bool stands_elsewhere = false;
  if (background->before && background->before->state.hash != sighting->article.state.hash) {
    text = text_hash(record);
    stands_elsewhere = guard.replaces_others(item_.source, stored->row, text, report_.at);
    background->is_of_site =
        stands_elsewhere ||
        guard.is_of_site(item_.source, stored->row, monitor::Sign::replaced, report_.at) ||
        guard.is_of_site(item_.source, stored->row, monitor::Sign::hollow, report_.at);
    const auto& held = stored->standing.held;
    background->lacks_witness =
        !memory_.health.has_shown(item_.source, held.since.value_or(report_.at));
  }
  if (stored && background->before && found.is_rebuilt) {
    auto fields = differing_fields(background->before->state, sighting->article.state);
    background->is_rebuilt = *found.is_rebuilt;
    report.build = monitor::Rebuilds::Look{.article = stored->row,
                                           .rebuilt = *found.is_rebuilt,
                                           .fields = std::move(fields),
                                           .lines = {},
                                           .at = report_.at};
    if (*found.is_rebuilt)
      report.build->lines = monitor::new_lines(background->before->state, sighting->article.state);
    background->rebuilt_pages = memory_.rebuilds.others(
        item_.source, *report.build, stored->captured_at.value_or(stored->first_seen_at),
        stored->standing.held.since);
  }
  background->had_end = found.had_end;
  background->names_paywall = found.names_paywall;
  const auto decision = co_await work_on(/*journalled=*/true, &decide, plan_, sighting,
                                         std::shared_ptr<const Background>(background));
  if (found.kept_page && decision->poll_result == PollResult::text_equal && !decision->is_held() &&
      !decision->reparsed)
    decision->commit.region = co_await learn(sighting, *stored, std::move(*found.kept_page));
  if (!item_.last_success_at)
    decision->commit.frontier.vote =
        storage::Vote{.address_template = sighting->noise->address_template, .is_article = true};
  const bool written = co_await commit(decision);
  if (!written) co_return false;
  if (stands_elsewhere && decision->doubt == monitor::Doubt::replaced) report.page.reset();
  if (stored) {
    const auto sign = sign_of(decision->doubt);
    note_look(stored->row, sign, sign == monitor::Sign::replaced ? text : 0);
  }
  report.headline = record.headline;
  report.published = record.date_published;
  report.is_new = !stored;
  if (stored && !known)
    report.alias =
        ArticleReport::Alias{.shown_at = item_.url, .known_at = stored->standing.canonical_url};
  report.validators_lied = decision->change && !decision->is_held() && known_ &&
                           trusts_validators() &&
                           validators_lied(sighting->validators, item_.validators);
  if (report.validators_lied) co_await doors_.fetcher.distrust_validators(item_.host);
  co_return true;
}

bool ArticleVisit::is_detour(const Sighting& sighting) const {
  return sighting.redirected && sighting.article.record.canonical_url != item_.url &&
         monitor::is_detour(item_.url, sighting.address);
}

bool ArticleVisit::is_unwitnessed_detour(const Sighting& sighting) const {
  constexpr auto longest = 6h;  // a source may have nothing else to show
  if (!is_detour(sighting)) return false;
  const auto since = memory_.detours.since(item_.source, item_.url, sighting.address, report_.at);
  if (!since) return true;
  const bool has_witness =
      memory_.health.has_shown(item_.source, *since) &&
      !memory_.detours.replaces_known(item_.source, sighting.address, report_.at);
  return !has_witness && report_.at - *since < longest;
}

}  // namespace tinwatch::crawl
