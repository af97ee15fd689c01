#include "article_visit.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "decide_article.hpp"
#include "learned.hpp"
#include "monitor/shortcuts.hpp"

/// What tells that an article is as it was, or is not there. What is read is in read_article.cpp.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

/// An article's address that leads to the site's front page leads nowhere.
bool led_home(const std::string& asked, const std::string& answered) {
  const auto parts = parse_url(answered);
  return asked != answered && parts && parts->path == "/" && parts->query.empty();
}

/// Whether such a page, at a known article's address, says that the article is not there. A
/// question about cookies does not; nor does a page that still carries its headline: then it is the
/// reading that failed.
bool says_absence(parsers::PageKind page, const std::string& body, const std::string& headline) {
  if (page == parsers::PageKind::consent) return false;
  if (page == parsers::PageKind::paywall) return true;
  return !carries(body, headline);
}

}  // namespace

bool carries(const std::string& body, const std::string& headline) {
  return body.find(headline) != std::string::npos ||
         body.find(escape_html(headline)) != std::string::npos;
}

Task<> ArticleVisit::run() { return unless_costly(look(), 0s); }

Task<> ArticleVisit::look() {
  const auto& shortcuts = plan_->shortcuts;
  if (item_.last_success_at)
    known_ = co_await doors_.store.read(&storage::Reader::glance_at_article, item_.source_row,
                                        item_.url);
  // Only the address an article is known by takes shortcuts: another one's answer must be read, to
  // see whose it is.
  is_alias_ = known_ && known_->standing.canonical_url != item_.url;
  if (is_alias_) known_.reset();
  const bool is_further = co_await is_further_page();
  if (is_further) co_return;
  // Of an article that is set over several pages the first one says nothing of the others.
  const bool is_long = known_ && known_->further_pages > 0;
  const bool whole = item_.shortcuts + 1 >= monitor::whole_read_every;
  const bool conditional = known_ && !whole && !is_long && shortcuts.not_modified &&
                           trusts_validators() && !known_->standing.held.since;
  auto response = co_await fetch(conditional);
  if (!response) {
    const auto& error = response.error();
    co_await miss(error.detail, error.not_before);
    co_return;
  }
  const int status = response->status;
  const bool is_there = is_whole(*response);
  const bool home = is_there && led_home(item_.url, response->url);
  if (status == 304 && conditional) {
    co_await unchanged(PollResult::not_modified);
    co_return;
  }
  if (status == 404 || status == 410 || home) {
    const auto why = home ? "it leads to the front page" : "HTTP status " + std::to_string(status);
    co_await absent(status == 410, why, std::nullopt);
    co_return;
  }
  if (!is_there) {
    co_await miss("HTTP status " + std::to_string(status), 0s);
    co_return;
  }
  const bool as_known = known_ && source_.site->canonical(response->url) == item_.url;
  const bool may_fit = as_known && !whole && !is_long && shortcuts.region_equal &&
                       !is_outdated(*known_, *source_.site);
  std::string region;  // g++ 12 evaluates both sides of ?: in a co_await
  if (may_fit) region = known_->region.text;
  missed_ = !region.empty();
  // Where the last poll knew the page by its region (or asked for it in vain: 304), its bytes are
  // hardly ever those of the last read again.
  const bool changes_always = !region.empty() && item_.shortcuts > 0;
  const auto before = item_.validators;
  const storage::Validators shortened{.etag = response->validators.etag,
                                      .last_modified = response->validators.last_modified,
                                      .body_sha256 = before.body_sha256};
  std::string sent_sha256;
  // While a state is in doubt, what comes and goes is learned from the page that is as it was.
  const bool may_be_equal = as_known && !is_long && !known_->standing.held.since;
  if (may_be_equal && shortcuts.bytes_equal && !changes_always) {
    sent_sha256 = sha256_hex(response->body);
    if (sent_sha256 == before.body_sha256) {
      item_.validators = shortened;
      co_await unchanged(PollResult::bytes_equal);
      co_return;
    }
  }
  auto opened = co_await work_on(/*journalled=*/false, &open_page, std::move(response->coding),
                                 std::move(response->body), std::move(sent_sha256), plan_->max_body,
                                 std::move(region));
  if (!opened.body) {
    const auto& error = opened.body.error();
    report_.page_fault = error.kind;
    co_await miss(error.detail, 0s);
    co_return;
  }
  if (opened.region_equal) {
    // The bytes were not read whole: their hash is not what equal ones may be told by.
    item_.validators = shortened;
    co_await unchanged(PollResult::region_equal);
    co_return;
  }
  response->body = std::move(*opened.body);
  response->coding.clear();
  Page page{.response = std::move(*response),
            .sha256 = std::move(opened.sha256),
            .coding = std::move(opened.coding),
            .sent = std::move(opened.sent),
            .sent_sha256 = std::move(opened.sent_sha256)};
  co_await seen(std::move(page));
}

Task<> ArticleVisit::unchanged(PollResult result) {
  for (bool written = false; !written;) {
    report_.at = now();
    const auto decision = std::make_shared<const Decision>(
        decide_unchanged(*plan_, item_, memory_.cadence.pace(item_), report_.at, result, *known_));
    if (!decision->commit.events.empty())
      report_.article.headline = record_from_json(known_->head.record).headline;
    written = co_await commit(decision);
    if (written) {
      note_look(known_->row, monitor::Sign::well, 0);
      report_.article.build = monitor::Rebuilds::Look{.article = known_->row, .at = report_.at};
      break;
    }
    known_ = co_await doors_.store.read(&storage::Reader::glance_at_article, item_.source_row,
                                        item_.url);
    if (!known_) co_return;  // due again
  }
  if (result == PollResult::not_modified || !memory_.health.asks(item_.source, report_.at))
    co_return;
  const auto whole = co_await look_up();
  if (!whole) co_return;
  const auto fields = monitor::filled_fields(record_from_json(whole->head.record));
  report_.article.page = monitor::PageFields{.has = fields, .expected = fields};
}

Task<> ArticleVisit::absent(bool gone, std::string why,
                            std::optional<storage::StoredArticle> stored) {
  for (;; stored.reset()) {
    if (!stored) stored = co_await look_up();
    if (!stored) {
      Miss dead{.kind = Miss::Kind::dead_link, .why = std::move(why)};
      co_await miss(std::move(dead));
      co_return;
    }
    report_.at = now();
    const auto since = stored->standing.absence.since.value_or(report_.at);
    NotThere absence{
        .gone = gone,
        .is_of_site =
            memory_.guard.is_of_site(item_.source, stored->row, monitor::Sign::absent, report_.at),
        .lacks_witness = memory_.guard.lacks_witness(item_.source, stored->row, since, report_.at),
        .may_have_moved = !memory_.health.has_read_list(item_.source, since),
        .is_down = memory_.health.lists_fail(item_.source) &&
                   !memory_.health.has_shown(item_.source, since),
        .why = why};
    const auto decision = std::make_shared<const Decision>(
        decide_absence(*plan_, item_, report_.at, std::move(absence), *stored));
    // One that was taken down for good says nothing of the site's state today.
    if (item_.url == stored->standing.canonical_url &&
        stored->standing.absence.status != ArticleStatus::removed)
      note_look(stored->row, monitor::Sign::absent, 0);
    if (!decision->commit.events.empty())
      report_.article.headline = record_from_json(stored->head.record).headline;
    const bool written = co_await commit(decision);
    if (written) co_return;
  }
}

Task<> ArticleVisit::no_article(storage::CapturePtr page, parsers::NotAnArticle why_not) {
  report_.at = now();
  std::optional<storage::StoredArticle> stored;
  bool gone = false;
  if (known_) stored = co_await look_up();
  if (stored) {
    const auto before = record_from_json(stored->head.record);
    gone = says_absence(why_not.page, page->body, before.headline);
    if (!gone)
      report_.article.page =
          monitor::PageFields{.has = {}, .expected = monitor::filled_fields(before)};
  }
  const std::string kind(label(why_not.page));
  if (gone && !memory_.health.is_drifted(item_.source)) {
    co_await absent(/*gone=*/false, "the page is no article (" + kind + ')', std::move(stored));
    co_return;
  }
  report_.article.is_new = false;
  report_.article.no_article = kind;
  Miss none{.kind = Miss::Kind::no_article,
            .why = "not an article (" + kind + "): " + why_not.detail};
  if (!item_.last_success_at) none.unknown = co_await unknown_page(why_not.page);
  co_await miss(std::move(none));
}

Task<Miss::Unknown> ArticleVisit::unknown_page(parsers::PageKind page) {
  Miss::Unknown out;
  out.vote.address_template = parsers::address_template(item_.url);
  out.is_list = page == parsers::PageKind::listing || page == parsers::PageKind::home;
  const auto learned =
      co_await doors_.store.read(&storage::Reader::learned_template, item_.source,
                                 out.vote.address_template, report_.at - storage::votes_kept);
  out.is_usual = learned && shows_no_articles({learned->articles, learned->others});
  co_return out;
}

void ArticleVisit::note_look(ArticleRow article, monitor::Sign sign, std::uint64_t text) {
  report_.article.look = ArticleReport::Look{.article = article, .sign = sign, .text = text};
}

Task<bool> ArticleVisit::commit(std::shared_ptr<const Decision> decision) {
  const auto result = co_await doors_.store.commit(commit_of(decision));
  if (result == storage::CommitResult::conflict) co_return false;
  report_.article.decision = std::move(decision);
  co_return true;
}

Task<std::optional<storage::StoredArticle>> ArticleVisit::look_up() {
  return doors_.store.read(&storage::Reader::find_article, item_.source_row, std::string(),
                           item_.url, item_.url);
}

}  // namespace tinwatch::crawl
