#include "article/summaries.hpp"

#include "core/site_scope.hpp"
#include "core/url.hpp"
#include "language/words.hpp"

#include <unordered_set>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr double least_linked = 0.6;     // of a headline
constexpr double least_headline = 4;     // words
constexpr std::uint32_t most_aside = 8;  // words between headline and summary: a date, an author
constexpr std::size_t least_summaries = 4;
constexpr std::size_t most_links = 400;  // that are looked at: enough to know a list

/// The link that a block is, or stands in; `Dom::none`: it is none.
Index link_of(const Dom& dom, const TextBlock& block) {
  if (block.link_share() < least_linked) return Dom::none;
  for (Index i = block.first; i < block.end; ++i)
    if (dom[i].tag == GUMBO_TAG_A) return i;
  for (Index up = block.first; up != Dom::none; up = dom[up].parent)
    if (dom[up].tag == GUMBO_TAG_A) return up;
  return Dom::none;
}

}  // namespace

bool Summaries::make_the_text() const {
  return under_links >= least_summaries && under_links * 2 >= paragraphs;
}

Summaries count_summaries(const Page& page, const CleanPage& clean,
                          const std::vector<BodyBlock>& kept) {
  std::unordered_set<Index> text;
  for (const auto& one : kept) text.insert(one.block.first);
  std::unordered_set<std::string> told;
  Summaries out;
  // Where the links before this block lead: the headline's, and its author's and section's.
  std::vector<std::string> over;
  const auto own = canonical_url(page.url);
  const auto domain = domain_of(page.url);
  std::size_t links = 0;
  for (std::size_t n = 0; n < clean.all.size() && links < most_links; ++n) {
    const auto& block = clean.all[n];
    page.dom.step();
    if (const auto link = link_of(page.dom, block);
        link != Dom::none && language::count_words(clean.texts[n]) >= least_headline) {
      ++links;
      auto target = resolve_url(page.url, page.dom.attribute(link, "href"));
      if (target && target != own && domain_of(*target) == domain)
        over.push_back(std::move(*target));
    } else if (text.contains(block.first) && block.prose() > 0) {
      bool fresh = false;
      for (auto& target : over) fresh = told.insert(std::move(target)).second || fresh;
      over.clear();
      ++out.paragraphs;
      out.under_links += fresh ? 1 : 0;
    } else if (block.words > most_aside) {
      over.clear();
    }
  }
  return out;
}

}  // namespace tinwatch::parsers
