#include "article_visit.hpp"
#include "decide_article.hpp"
#include "found_article.hpp"
#include "monitor/near_duplicate.hpp"
#include "monitor/page_template.hpp"
#include "monitor/paywall.hpp"
#include "monitor/same_article.hpp"

#include <utility>

/// What a page is compared with, all of it found in one trip to the store.
namespace tinwatch::crawl {
namespace {

/// An edit since the text was first seen leaves so much of it.
constexpr double least_likeness_of_same = 0.5;

/// An article, and its record as it stands.
struct Match {
  storage::StoredArticle article;
  ArticleRecord record;
};

/// The article, if the page shows it, which it does not say itself.
std::optional<Match> match(const Sighting& page, storage::StoredArticle article,
                           monitor::Bond bond) {
  const auto& record = page.article.record;
  // Where a site numbers its articles, the numbers tell them apart.
  if (!record.identifier.empty() || !article.standing.identifier.empty()) return std::nullopt;
  auto known = record_from_json(article.head.record);
  if (!monitor::is_same_article(known, record, bond)) return std::nullopt;
  return Match{std::move(article), std::move(known)};
}

/// An article of the same source that a page at an unknown address shows.
std::optional<Match> same_among(const storage::Reader& reader,
                                const std::vector<storage::CopyCandidate>& candidates,
                                const Sighting& page, bool site_lost_pages) {
  constexpr int most_compared = 5;
  int compared = 0;
  for (const auto& candidate : candidates) {
    if (!candidate.is_own ||
        monitor::likeness(page.signature->bytes, candidate.signature) < least_likeness_of_same)
      continue;
    if (++compared > most_compared) break;
    auto article = reader.stored_article(candidate.article);
    if (!article) continue;
    const bool is_absent = site_lost_pages || article->standing.absence.is_absent();
    const auto bond = is_absent ? monitor::Bond::absence : monitor::Bond::none;
    if (auto found = match(page, std::move(*article), bond)) return found;
  }
  return std::nullopt;
}

}  // namespace

ArticleVisit::Found ArticleVisit::find(const storage::Reader& reader,
                                       std::shared_ptr<const Sighting> page, parsers::SitePtr site,
                                       std::optional<ArticleRow> known, Search search) {
  const auto& [record, state] = page->article;
  const auto& item = page->item;
  Found out{.article = reader.find_article(item.source_row, record.identifier, record.canonical_url,
                                           page->address)};
  std::optional<Match> same;
  if (known && (!out.article || out.article->row != *known)) {
    const auto asked_for = reader.stored_article(*known);
    if (asked_for) same = match(*page, *asked_for, monitor::Bond::carried);
    if (!same) {
      out.displaced = asked_for;
      return out;
    }
    // Its address leads elsewhere, or declares something else, and it is still the same article.
  } else if (!out.article && page->signature) {
    out.candidates =
        reader.copy_candidates(item.source_row, page->signature->bands, search.copied_since);
    same = same_among(reader, out.candidates, *page, search.site_lost_pages);
  }
  if (same) out.article = std::move(same->article);
  if (!out.article) return out;
  const auto& article = *out.article;
  out.before.emplace(same ? std::move(same->record) : record_from_json(article.head.record));
  const bool differs = state.hash != out.before->state.hash;
  const bool outdated = is_outdated(article, *site);
  auto kept =
      outdated || differs || search.learns ? reader.last_capture(article.row) : std::nullopt;
  if (kept && page->capture) {
    const auto& body = page->capture->body;
    out.is_rebuilt = !monitor::have_same_template(kept->body, body);
    out.names_paywall =
        differs && monitor::names_paywall(body) && !monitor::names_paywall(kept->body);
  }
  if (outdated || search.learns) out.kept_page = std::move(kept);
  if (outdated || !differs) return out;
  if (article.has_copies) out.copies = reader.copies(article.id);
  if (article.head.revision > 1)
    out.earlier_revision = reader.revision_of_state(article.row, state.hash);
  return out;
}

}  // namespace tinwatch::crawl
