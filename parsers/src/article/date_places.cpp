#include "article/date_places.hpp"

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr Index nodes_beside_headline = 60;

/// What a node stands in, a bit each.
enum Inside : Inherited::Value { in_item = 1, in_aside = 2, in_footer = 4, in_named = 8 };

}  // namespace

bool DatePlaces::is_beside_headline(Index at) const {
  if (page_.headline == Dom::none) return false;
  const auto apart = at > page_.headline ? at - page_.headline : page_.headline - at;
  return apart < nodes_beside_headline;
}

/// A <header> beside the headline in one <article> or <section>; in a <div> or the body it is
/// rather the site's, with the site's clock.
bool DatePlaces::is_header_of_article(Index at) const {
  const auto parent = dom_[at].parent;
  return dom_[at].tag == GUMBO_TAG_HEADER && parent == dom_[page_.headline].parent &&
         (dom_[parent].tag == GUMBO_TAG_ARTICLE || dom_[parent].tag == GUMBO_TAG_SECTION);
}

bool DatePlaces::is_foreign(Index at) {
  if (clean_.why[at] != Drop::chrome) return false;
  if (at >= prose_end_) return true;
  if (page_.headline == Dom::none || at > page_.headline) return false;
  // The nearest element that tells decides.
  return foreign_.of(at, [this](Index up, Inherited::Value above) -> Inherited::Value {
    if (dom_.contains(up, page_.headline) || is_header_of_article(up)) return 0;
    const auto role = dom_.attribute(up, "role");
    const bool site = dom_[up].tag == GUMBO_TAG_HEADER || dom_[up].tag == GUMBO_TAG_NAV ||
                      role == "banner" || role == "navigation";
    return site ? 1 : above;
  }) != 0;
}

bool DatePlaces::is_named_other(Index at) const {
  const auto names = dom_.names(at);
  for (const auto* word : {"comment", "related", "recommend", "teaser", "latest", "sidebar"})
    if (names.find(word) != std::string::npos)
      return !dom_.contains(at, content_) &&
             (page_.headline == Dom::none || !dom_.contains(at, page_.headline));
  return false;
}

Inherited::Value DatePlaces::boxes_round(Index at) {
  return others_.of(at, [this](Index up, Inherited::Value above) {
    unsigned own = above;
    if (dom_[up].tag == GUMBO_TAG_LI) own |= in_item;
    if (dom_[up].tag == GUMBO_TAG_ASIDE) own |= in_aside;
    if (dom_[up].tag == GUMBO_TAG_FOOTER) own |= in_footer;
    if (is_named_other(up)) own |= in_named;
    return static_cast<Inherited::Value>(own);
  });
}

bool DatePlaces::in_teaser(Index at) {
  if (clean_.why[at] != Drop::chrome) return false;
  const auto round = boxes_round(at);
  // The line under the headline is often a list: date, author, comments.
  return (round & (in_aside | in_named)) != 0 ||
         ((round & in_item) != 0 && !is_beside_headline(at));
}

bool DatePlaces::in_other_article(Index at) {
  if (clean_.why[at] != Drop::chrome) return false;
  return in_teaser(at) || ((boxes_round(at) & in_footer) != 0 && at > content_);
}

}  // namespace tinwatch::parsers
