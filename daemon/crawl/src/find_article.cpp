#include "article_signs.hpp"
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

/// The article's record, if the page shows it, which it does not say itself.
std::optional<ArticleRecord> match(const Sighting& page, const storage::StoredArticle& article,
                                   monitor::Bond bond) {
  const auto& record = page.article.record;
  // Where a site numbers its articles, the numbers tell them apart.
  if (!record.identifier.empty() || !article.standing.identifier.empty()) return std::nullopt;
  auto known = record_from_json(article.head.record);
  if (!monitor::is_same_article(known, record, bond)) return std::nullopt;
  return known;
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
    if (auto found = match(page, *article, bond))
      return Match{std::move(*article), std::move(*found)};
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
  const auto& [record, state] = page->article;
  const auto& item = page->item;
  Found out{.article = reader.find_article(item.source_row, record.identifier, record.canonical_url,
                                           page->address)};
  std::optional<Match> same;
  if (known && (!out.article || out.article->row != *known)) {
    auto asked_for = reader.stored_article(*known);
    auto found = asked_for ? match(*page, *asked_for, monitor::Bond::carried) : std::nullopt;
    if (!found) {
      out.displaced = std::move(asked_for);
      return out;
    }
    same = Match{std::move(*asked_for), std::move(*found)};
    // Its address leads elsewhere, or declares something else, and it is still the same article.
  } else if (!out.article && page->signature) {
    out.candidates =
        reader.copy_candidates(item.source_row, page->signature->bands, search.copied_since);
    same = same_among(reader, out.candidates, *page, search.site_lost_pages);
  }
  if (same) out.article = std::move(same->article);
  if (!out.article) return out;
  const auto& article = *out.article;
  auto before = same ? std::move(same->record) : record_from_json(article.head.record);
  monitor::take_out(page->noise->forms, before);
  out.before.emplace(std::move(before));
  out.suspects = reader.suspects(item.source_row, page->noise->address_template, article.row,
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
