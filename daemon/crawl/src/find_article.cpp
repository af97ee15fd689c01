#include "article_signs.hpp"
#include "article_visit.hpp"
#include "decide_article.hpp"
#include "found_article.hpp"
#include "monitor/near_duplicate.hpp"
#include "monitor/page_template.hpp"
#include "monitor/paywall.hpp"
#include "monitor/same_article.hpp"
#include "parsers/listing.hpp"

#include <utility>

/// What a page is compared with, all of it found in one trip to the store.
namespace tinwatch::crawl {
namespace {

/// An edit since the text was first seen leaves so much of it.
constexpr double least_likeness_of_same = 0.5;

/// An article that a page shows at another address.
struct Match {
  storage::StoredArticle article;
  ArticleRecord record;                  ///< as it stands, without noise
  std::shared_ptr<const Sighting> page;  ///< without the noise of the article's own address
};

/// The page without what is noise at the article's own address: at the new one nobody has learned
/// it yet, and a counter would make another text of the same one.
std::shared_ptr<const Sighting> without_noise_of(const storage::Reader& reader,
                                                 std::shared_ptr<const Sighting> page,
                                                 const storage::StoredArticle& article) {
  const auto own = parsers::address_template(article.standing.canonical_url);
  if (own == page->noise->address_template) return page;
  const auto known = reader.noise(page->item.source, own);
  if (known.empty()) return page;
  auto noise = std::make_shared<PageNoise>(*page->noise);
  for (const auto& each : known) noise->forms.insert(each.form);
  auto out = std::make_shared<Sighting>(*page);
  auto record = page->article.record;
  const auto met = monitor::take_out(noise->forms, record);
  for (const auto& each : known)
    if (met.contains(each.form)) noise->brought.push_back(each);
  out->article = ReadArticle(std::move(record));
  out->noise = std::move(noise);
  return out;
}

/// The article, if the page shows it, which it does not say itself.
std::optional<Match> match(const storage::Reader& reader, std::shared_ptr<const Sighting> page,
                           storage::StoredArticle article, monitor::Bond bond) {
  // Where a site numbers its articles, the numbers tell them apart.
  if (!page->article.record.identifier.empty() || !article.standing.identifier.empty())
    return std::nullopt;
  page = without_noise_of(reader, std::move(page), article);
  auto known = record_from_json(article.head.record);
  monitor::take_out(page->noise->forms, known);
  if (!monitor::is_same_article(known, page->article.record, bond)) return std::nullopt;
  return Match{std::move(article), std::move(known), std::move(page)};
}

/// An article of the same source that a page at an unknown address shows.
std::optional<Match> same_among(const storage::Reader& reader,
                                const std::vector<storage::CopyCandidate>& candidates,
                                const std::shared_ptr<const Sighting>& page, bool site_lost_pages) {
  constexpr int most_compared = 5;
  int compared = 0;
  for (const auto& candidate : candidates) {
    if (!candidate.is_own ||
        monitor::likeness(page->signature->bytes, candidate.signature) < least_likeness_of_same)
      continue;
    if (++compared > most_compared) break;
    auto article = reader.stored_article(candidate.article);
    if (!article) continue;
    const bool is_absent = site_lost_pages || article->standing.absence.is_absent();
    const auto bond = is_absent ? monitor::Bond::absence : monitor::Bond::none;
    if (auto found = match(reader, page, std::move(*article), bond)) return found;
  }
  return std::nullopt;
}

/// Of an edit's words, by the copies that were known first.
monitor::CopiesCarry what_copies_carry(const storage::Reader& reader,
                                       const std::vector<storage::CopyView>& copies,
                                       const std::string& own, const EditorialState& before,
                                       const EditorialState& after) {
  constexpr std::size_t most_compared = 30;
  monitor::CopiesCarry out;
  if (copies.size() < 2) return out;
  const monitor::EditedPassages passages(before, after);
  for (const auto& copy : copies) {
    if (copy.id == own) continue;
    if (out.size() == most_compared) break;
    const auto revision = reader.revision(copy.id, 0);
    if (!revision) continue;
    const EditorialState state(record_from_json(revision->record));
    out.emplace(copy.id, passages.carried_by(state));
  }
  return out;
}

}  // namespace

ArticleVisit::Found ArticleVisit::find(const storage::Reader& reader,
                                       std::shared_ptr<const Sighting> page, parsers::SitePtr site,
                                       std::optional<ArticleRow> known, Search search) {
  const auto source = page->item.source_row;
  const auto& declared = page->article.record;
  Found out{.article = reader.find_article(source, declared.identifier, declared.canonical_url,
                                           page->address)};
  std::optional<Match> same;
  if (known && (!out.article || out.article->row != *known)) {
    auto asked_for = reader.stored_article(*known);
    if (asked_for) same = match(reader, page, *asked_for, monitor::Bond::carried);
    if (!same) {
      out.displaced = std::move(asked_for);
      return out;
    }
    // Its address leads elsewhere, or declares something else, and it is still the same article.
  } else if (!out.article && page->signature) {
    out.candidates = reader.copy_candidates(source, page->signature->bands, search.copied_since);
    same = same_among(reader, out.candidates, page, search.site_lost_pages);
  }
  if (same) {
    out.article = std::move(same->article);
    out.before.emplace(std::move(same->record));
    page = std::move(same->page);
  }
  out.page = page;
  if (!out.article) return out;
  const auto& article = *out.article;
  if (!out.before) {
    auto before = record_from_json(article.head.record);
    monitor::take_out(page->noise->forms, before);
    out.before.emplace(std::move(before));
  }
  const auto& state = page->article.state;
  out.suspects = reader.suspects(source, page->noise->address_template, article.row,
                                 page->capture->fetched_at - monitor::noise_moves_within);
  const bool differs = state.hash != out.before->state.hash;
  const bool outdated = is_outdated(article, *site);
  auto kept =
      outdated || differs || search.learns ? reader.last_capture(article.row) : std::nullopt;
  if (kept) {
    const auto& body = page->capture->body;
    out.is_rebuilt = !monitor::have_same_template(kept->body, body);
    out.had_end = !breaks_off(kept->body);
    out.names_paywall =
        differs && monitor::names_paywall(body) && !monitor::names_paywall(kept->body);
  }
  if (outdated || search.learns) out.kept_page = std::move(kept);
  if (outdated || !differs) return out;
  if (article.has_copies) out.copies = reader.copies(article.id);
  out.copies_carry = what_copies_carry(reader, out.copies, article.id, out.before->state, state);
  if (article.head.revision > 1)
    out.earlier_revision = reader.revision_of_state(article.row, state.hash);
  return out;
}

}  // namespace tinwatch::crawl
