#include "core/url.hpp"
#include "decide_parts.hpp"

/// Where an article stands that a page showed.
namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;
using storage::ArticleCommit;

/// An address that showed its article so lately is not asked again for another one's sake.
constexpr Duration seen_lately = 10min;

/// It is there. Whoever was told that it was missing is told that it is back.
void see(const Plan& plan, const Sighting& sighting, const Background& known,
         const EventArticle& article, ArticleCommit& commit) {
  const auto verdict = monitor::judge(known.stored->standing.absence, monitor::Check::found,
                                      known.now, plan.sources.at(sighting.item.source).removal);
  commit.standing->absence = verdict.absence;
  if (verdict.event == monitor::Verdict::Event::returned) add_returned(plan, commit, article);
}

/// Whether the address that the article is known by, and the page itself, both say that it stands
/// at the page's address.
bool declares_each_other(const Sighting& sighting, const Background& known) {
  return known.before && known.before->record.canonical_url == sighting.address &&
         sighting.article.record.canonical_url == sighting.address;
}

/// The configuration gave the source another host: what was known at the old one is not visited
/// there any more.
bool left_behind(const SourcePlan& source, const std::string& known_at,
                 const std::string& address) {
  return source.scope && !source.scope->holds(known_at) && source.scope->holds(address);
}

}  // namespace

bool declares_anew(const Sighting& sighting, const Background& known) {
  return known.before && sighting.address == known.stored->standing.canonical_url &&
         without_query(known.before->record.canonical_url) !=
             without_query(sighting.article.record.canonical_url);
}

void place(const Plan& plan, const Sighting& sighting, const Background& known,
           Decision& decision) {
  const auto& stored = *known.stored;
  auto& commit = decision.commit;
  const EventArticle article{stored.id, sighting.item.source, sighting.address,
                             stored.head.revision, &sighting.article.record};
  const auto& known_at = stored.standing.canonical_url;
  const bool elsewhere = sighting.address != known_at;
  if (elsewhere && !stored.addresses.canonical_shown) {
    // A declared address that never showed the article: the one that does takes its place.
    commit.standing->canonical_url = sighting.address;
    see(plan, sighting, known, article, commit);
    return;
  }
  const bool sent_on = sighting.redirected && sighting.item.url == known_at;
  const bool was_absent = stored.standing.absence.is_absent();
  const auto& source = plan.sources.at(sighting.item.source);
  if (elsewhere && (sent_on || was_absent || declares_each_other(sighting, known) ||
                    left_behind(source, known_at, sighting.address))) {
    move_to(plan, commit, article, known_at);
    return;
  }
  if (elsewhere) {
    // One more address: whether the old one still answers decides if the article moved.
    if (known.now - stored.last_shown_at >= seen_lately)
      commit.check_now.push_back(address_to_check(known_at));
    return;
  }
  see(plan, sighting, known, article, commit);
  const auto& declared = sighting.article.record.canonical_url;
  if (declared != known_at && declares_anew(sighting, known))
    commit.check_now.push_back(address_to_check(declared));
}

}  // namespace tinwatch::crawl
