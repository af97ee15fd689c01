#include "page/teaser_cards.hpp"

#include "core/site_scope.hpp"
#include "core/url.hpp"
#include "page/linked_headline.hpp"
#include "page/written_list.hpp"
#include "rules.hpp"

#include <map>
#include <set>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t least_cards = 3;
constexpr double longest_card = 500;         // characters that are no link
constexpr double longest_headed_card = 900;  // ... under a heading that links
constexpr double least_linked = 0.65;  // of a plain line in a list: less is text with links in it
constexpr double least_paragraph = 60;
constexpr int most_card_paragraphs = 3;
constexpr std::size_t most_heading_links = 4;
constexpr double least_told = 200;    // characters of prose before cards that only a link opens
constexpr double most_of_page = 0.3;  // of the page's prose in them
constexpr double least_entry = 100;   // characters that are no link, of an entry of a list

/// Elements that hold a heading which links, or stand inside a link with it.
std::vector<bool> mark_linked_headings(const Dom& dom, Index body) {
  std::vector<bool> out(dom.size(), false);
  for (Index i = body; i < dom[body].end; ++i) {
    if (!is_heading(dom[i].tag)) continue;
    bool linked = false;
    for (Index a = i + 1; a < dom[i].end; ++a) linked = linked || dom[a].tag == GUMBO_TAG_A;
    for (Index a = dom[i].parent; a != Dom::none && !linked; a = dom[a].parent)
      linked = dom[a].tag == GUMBO_TAG_A;
    for (Index a = dom[i].parent; linked && a != Dom::none && a != body; a = dom[a].parent)
      out[a] = true;
  }
  return out;
}

/// Where the headings inside lead: a domain of another site, or nothing where one of them leads to
/// the page's own, they do not agree, or there are more than a headline and its picture have.
std::string domain_of_headings(const Page& page, Index card, const std::string& own) {
  const auto& dom = page.dom;
  std::string out;
  std::size_t links = 0;
  for (Index i = card; i < dom[card].end; ++i) {
    if (!is_heading(dom[i].tag)) continue;
    for (Index a = i + 1; a < dom[i].end; ++a) {
      if (dom[a].tag != GUMBO_TAG_A) continue;
      if (++links > most_heading_links) return {};
      dom.step(steps_an_address);
      const auto target = resolve_url(page.url, dom.attribute(a, "href"));
      const auto domain = target ? domain_of(*target) : std::string();
      if (domain.empty() || domain == own || (!out.empty() && domain != out)) return {};
      out = domain;
    }
  }
  return out;
}

bool may_hold_cards(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_ASIDE: return true;
    default: return false;
  }
}

/// Cards where a linked headline opens them and stands on a line of its own.
bool may_be_line(GumboTag tag) {
  return tag == GUMBO_TAG_P || tag == GUMBO_TAG_TR || tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT;
}

bool may_be_card(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_A:
    case GUMBO_TAG_FIGURE: return true;
    default: return false;
  }
}

/// What tells rows of teasers from lists that belong to a text.
class Texts {
 public:
  Texts(const Page& page, const BlockSums& chars, const BlockSums& links,
        const std::vector<bool>& linked_heading)
      : page_(page),
        dom_(page.dom),
        chars_(chars),
        links_(links),
        linked_heading_(linked_heading) {}

  /// Lines of a list that say more than they link, or that a writer set among paragraphs.
  bool hold(const std::vector<Index>& siblings, bool have_class) {
    const auto first = siblings.front();
    const auto parent = dom_[first].parent;
    double linked = 0;
    double all = 0;
    bool plain = dom_[first].tag == GUMBO_TAG_LI;
    for (const auto one : siblings) {
      linked += links_.over(one);
      all += chars_.over(one);
      plain = plain && !linked_heading_[one];
    }
    if (plain && linked < least_linked * all && !is_left_out("linked-list")) return true;
    return plain && !have_class && has_paragraphs(dom_[parent].parent) &&
           is_written_list(dom_, parent) && !is_left_out("written-list");
  }

  /// Entries of a list about places or things, each with the page of its own: most say more than a
  /// headline and have a heading that leads to another site, and those sites are more than half as
  /// many. Teasers lead to one site.
  bool list_others(const std::vector<Index>& siblings) {
    if (page_.url.empty() || is_left_out("entries")) return false;
    if (own_.empty()) own_ = domain_of(page_.url);
    std::set<std::string> domains;
    std::size_t entries = 0;
    for (const auto one : siblings) {
      if (chars_.over(one) - links_.over(one) < least_entry) continue;
      auto domain = domain_of_headings(page_, one, own_);
      if (domain.empty()) continue;
      ++entries;
      domains.insert(std::move(domain));
    }
    return entries * 2 > siblings.size() && domains.size() * 2 > entries;
  }

 private:
  /// Two paragraphs with few links right inside.
  bool has_paragraphs(Index at) {
    const auto [known, first] = paragraphs_.try_emplace(at, false);
    if (!first) return known->second;
    int found = 0;
    for (Index i = at + 1; i < dom_[at].end && found < 2; i = dom_[i].end)
      if (dom_[i].tag == GUMBO_TAG_P && chars_.over(i) > least_paragraph &&
          links_.over(i) * 3 < chars_.over(i))
        ++found;
    return known->second = found == 2;
  }

  const Page& page_;
  const Dom& dom_;
  const BlockSums& chars_;
  const BlockSums& links_;
  const std::vector<bool>& linked_heading_;
  std::map<Index, bool> paragraphs_;  // parent -> whether it has some
  std::string own_;                   // the page's domain, once it is asked for
};

/// Cards that nothing but the linked line at their head tells: briefings, timelines and glossaries
/// of an article are set the same, and are most of it or stand at its head.
bool may_be_cards_by_line(const Page& page, const BlockSums& prose,
                          const std::vector<std::pair<Index, Index>>& cards) {
  if (page.headline == Dom::none || is_left_out("told-before-lines")) return true;
  const auto first = cards.front().first;
  double inside = 0;
  for (const auto& [from, to] : cards) inside += prose.between(from, to);
  if (first < page.headline) return inside < most_of_page * prose.over(page.body);
  // Lines between <br>s stand where the box round them opens, before the headline in it.
  const auto before = prose.between(page.body, first);
  if (before < least_told) return false;
  // In a box of their own they may be nearly as long as a short article.
  const bool own_box = prose.over(page.dom[first].parent) <= inside;
  return inside < most_of_page * prose.over(page.body) || (own_box && inside < before);
}

/// Where what belongs to a card ends: a term of a list has its <dd>s behind it.
Index end_of_card(const Dom& dom, Index card) {
  auto end = dom[card].end;
  if (dom[card].tag != GUMBO_TAG_DT) return end;
  const auto list = dom[card].parent;
  while (end < dom[list].end && (dom[end].tag == GUMBO_TAG_DD || dom[end].is_text))
    end = dom[end].end;
  return end;
}

}  // namespace

std::vector<Index> find_teaser_cards(const Page& page, const BlockSums& prose,
                                     const BlockSums& chars, const BlockSums& links,
                                     const TagCount& paragraphs) {
  const auto& dom = page.dom;
  const auto body = page.body;
  const auto linked_heading = mark_linked_headings(dom, body);
  Texts texts(page, chars, links, linked_heading);
  LinkedHeadlines headlines(page);
  std::vector<Index> out;
  for (Index parent = body; parent < dom[body].end; ++parent) {
    if (!may_hold_cards(dom[parent].tag)) continue;
    std::map<std::pair<GumboTag, std::string_view>, std::vector<Index>> shapes;
    for (Index c = parent + 1; c < dom[parent].end; c = dom[c].end) {
      if (!may_be_card(dom[c].tag) && !may_be_line(dom[c].tag)) continue;
      const auto names = dom.attribute(c, "class");
      shapes[{dom[c].tag, names.substr(0, names.find(' '))}].push_back(c);
    }
    for (const auto& [shape, siblings] : shapes) {
      if (siblings.size() < least_cards) continue;
      std::size_t cards = 0;
      std::size_t by_line = 0;
      std::vector<std::pair<Index, Index>> spans;
      spans.reserve(siblings.size());
      for (const auto c : siblings) {
        const auto end = end_of_card(dom, c);
        spans.emplace_back(c, end);
        const auto linked_chars = links.over(c);
        const auto rest = chars.between(c, end) - links.between(c, end);
        const bool is_line = may_be_line(shape.first);
        const bool by_share =
            !is_line &&
            (linked_heading[c] || (linked_chars > 20 && linked_chars > 0.3 * chars.over(c)));
        const bool headed = linked_heading[c] && !is_line && !is_left_out("headed-card");
        if (rest >= (headed ? longest_headed_card : longest_card) ||
            paragraphs.inside(c) > most_card_paragraphs)
          continue;
        if (by_share)
          ++cards;
        else if (linked_chars > 0 && headlines.open(c))
          ++by_line;
      }
      const auto enough = [all = siblings.size()](std::size_t found) {
        return found >= least_cards && static_cast<double>(found) >= 0.7 * static_cast<double>(all);
      };
      if ((enough(cards) ||
           (enough(cards + by_line) && may_be_cards_by_line(page, prose, spans))) &&
          !texts.hold(siblings, !shape.second.empty()) && !texts.list_others(siblings))
        for (const auto& [from, to] : spans)
          for (auto one = from; one < to; one = dom[one].end) out.push_back(one);
    }
  }
  return out;
}

}  // namespace tinwatch::parsers
