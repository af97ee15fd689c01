#include "article/content.hpp"

#include "page/teaser_cards.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::array<double, 8> vote_decay = {1, .8, .6, .45, .33, .25, .18, .12};
constexpr double most_votes = 1500;  // of one block: a page in one block must not win by itself
constexpr double outside_article = 0.25;
constexpr double least_article_prose = 200;
constexpr std::size_t longest_title = 64 * 1024;  // bytes, white space included
constexpr double longest_teaser = 400;            // characters
constexpr std::uint32_t least_note = 25;          // characters

bool is_container(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD: return true;
    default: return false;
  }
}

bool has_class(std::string_view names, std::string_view wanted) {
  for (std::size_t at = 0; at < names.size();) {
    const auto end = std::min(names.find(' ', at), names.size());
    if (names.substr(at, end - at) == wanted) return true;
    at = end + 1;
  }
  return false;
}

bool is_article_box(const Dom& dom, Index at) {
  const auto names = dom.attribute(at, "class");
  return dom[at].tag == GUMBO_TAG_ARTICLE || dom.attribute(at, "role") == "article" ||
         has_class(names, "hentry") || has_class(names, "post") || has_class(names, "type-post");
}

class Finder {
 public:
  Finder(Page& page, const CleanPage& clean)
      : page_(page),
        dom_(page.dom),
        blocks_(clean.blocks),
        prose_(dom_, blocks_, [](const auto& block) { return block.prose(); }),
        chars_(dom_, blocks_, [](const auto& block) { return block.chars; }),
        links_(dom_, blocks_, [](const auto& block) { return block.link_chars; }),
        linked_headings_(dom_.size() + 1, 0) {
    const TagCount anchors(dom_, GUMBO_TAG_A);
    for (Index i = 0; i < dom_.size(); ++i) {
      const bool heading = is_heading(dom_[i].tag) && dom_[i].tag != GUMBO_TAG_H1;
      linked_headings_[i + 1] = linked_headings_[i] + (heading && anchors.inside(i) > 0 ? 1 : 0);
    }
  }

  Index find() {
    find_article();
    auto best = elect([](const TextBlock& block) { return block.prose(); });
    // A note of two lines has no block that is prose by itself.
    if (best == Dom::none)
      best = elect([](const TextBlock& block) {
        return block.chars >= least_note && block.link_share() < 0.5 ? block.chars : 0;
      });
    if (best != Dom::none) best = widen(best);
    return best;
  }

 private:
  /// The article that holds the headline; on pages with several, the only one that counts.
  void find_article() {
    for (const auto h1 : page_.h1) {
      const auto text = dom_.text(h1);
      if (!page_.is_title(text) || text.find(' ') == std::string::npos) continue;
      for (Index a = dom_[h1].parent; a != Dom::none && article_ == Dom::none; a = dom_[a].parent)
        if (is_article_box(dom_, a)) article_ = a;
      if (article_ != Dom::none) break;
    }
    if (article_ == Dom::none) return;
    if (prose_.over(article_) < least_article_prose) {
      article_ = Dom::none;
      return;
    }
    for (Index i = page_.body; i < dom_[page_.body].end && !others_; ++i)
      others_ = dom_[i].tag == GUMBO_TAG_ARTICLE && !dom_.contains(article_, i) &&
                prose_.over(i) > least_article_prose;
  }

  /// Whether this element reaches beyond the headline's article into others.
  [[nodiscard]] bool is_above_article(Index at) const {
    return article_ != Dom::none && others_ && at != article_ && dom_.contains(at, article_);
  }

  template <class Prose>
  Index elect(Prose prose) {
    std::map<Index, int> prose_blocks;
    for (const auto& block : blocks_)
      if (prose(block) > 0) ++prose_blocks[block.owner];
    std::map<Index, double> votes;
    for (const auto& block : blocks_) {
      if (prose(block) == 0) continue;
      const auto tag = dom_[block.owner].tag;
      const bool paragraph =
          tag == GUMBO_TAG_P || tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_BLOCKQUOTE;
      const double vote = std::min<double>(prose(block), most_votes) * (paragraph ? 1 : 0.85);
      const bool own = is_container(tag) && (prose_blocks[block.owner] > 1 || block.chars > 600);
      Index at = own ? block.owner : dom_[block.owner].parent;
      if (at != Dom::none && dom_[at].tag == GUMBO_TAG_LI) at = dom_[at].parent;
      if (at != Dom::none && (dom_[at].tag == GUMBO_TAG_BLOCKQUOTE ||
                              dom_[at].tag == GUMBO_TAG_UL || dom_[at].tag == GUMBO_TAG_OL))
        at = dom_[at].parent;
      for (const auto decay : vote_decay) {
        if (at == Dom::none || dom_[at].tag == GUMBO_TAG_HTML) break;
        votes[at] += vote * decay;
        at = dom_[at].parent;
      }
    }
    Index best = Dom::none;
    double most = 0;
    for (const auto& [at, sum] : votes) {
      const double score = sum * weight(at);
      if (score > most) {
        most = score;
        best = at;
      }
    }
    return best;
  }

  /// A headline that links away, and a line of text: another article's teaser.
  [[nodiscard]] bool is_teaser(Index at) const {
    const auto tag = dom_[at].tag;
    if ((tag != GUMBO_TAG_ARTICLE && tag != GUMBO_TAG_LI) || prose_.over(at) > longest_teaser)
      return false;
    return linked_headings_[dom_[at].end] > linked_headings_[at];
  }

  double weight(Index at) {
    if (is_teaser(at)) return 0;
    const auto chars = chars_.over(at);
    double out = chars > 0 ? 1 - links_.over(at) / chars : 0;
    if (is_declared_body(at)) out *= 1.5;
    if (page_.names.of(at).content) out *= 1.2;
    if (dom_[at].tag == GUMBO_TAG_ARTICLE) out *= 1.1;
    const bool related =
        article_ == Dom::none || dom_.contains(article_, at) || dom_.contains(at, article_);
    if (!related || is_above_article(at)) out *= outside_article;
    return out;
  }

  /// Up to eight ancestors are tried; one is taken when it adds much and stays clean.
  Index widen(Index best) {
    const auto first_after_headline = blocks_after_headline();
    Index up = dom_[best].parent;
    int steps = 0;  // ancestors that hold more than the one below
    double below = prose_.over(best);
    for (int far = 0; steps < 8 && far < 40 && up != Dom::none; ++far, up = dom_[up].parent) {
      const bool more = prose_.over(up) > below;
      below = prose_.over(up);
      if (more || is_left_out("steps-that-gain")) ++steps;
      if (dom_[up].tag == GUMBO_TAG_HTML || dom_[up].tag == GUMBO_TAG_BODY || is_above_article(up))
        break;
      const auto chars = std::max(1.0, chars_.over(up));
      const auto purity = prose_.over(up) / chars;
      if (links_.over(up) / chars > 0.3 || purity < 0.5) break;
      const auto mine = prose_.over(best);
      const auto gain = prose_.over(up) - mine;
      if (gain <= 0 || purity <= 0.55) continue;
      if (is_declared_body(up) || lead_prose(first_after_headline, up, best) > 0.1 * mine ||
          (gain > 0.5 * std::max(1.0, mine) && purity > 0.65) ||
          twin_prose(up, best) > 0.25 * std::max(1.0, mine) ||
          (purity > 0.9 && gain > 0.6 * (chars - chars_.over(best)) &&
           alike_prose(up, best) > 0.05 * std::max(1.0, mine)))
        best = up;
    }
    return best;
  }

  [[nodiscard]] bool is_declared_body(Index at) const {
    return dom_.attribute(at, "itemprop").find("articleBody") != std::string_view::npos;
  }

  std::size_t blocks_after_headline() const {
    std::size_t after = blocks_.size();
    std::map<Index, bool> titles;  // whether an <h1> is one
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const auto owner = blocks_[i].owner;
      if (dom_[owner].tag != GUMBO_TAG_H1) continue;
      const auto [known, first] = titles.try_emplace(owner, false);
      if (first) known->second = page_.is_title(dom_.brief_text(owner, longest_title));
      if (known->second) after = i + 1;
    }
    return after;
  }

  /// Prose of paragraphs between the headline and the content, inside `up`: a lead.
  [[nodiscard]] double lead_prose(std::size_t from, Index up, Index content) const {
    double out = 0;
    for (auto i = from; i < blocks_.size() && blocks_[i].owner < content; ++i)
      if (dom_.contains(up, blocks_[i].owner) && dom_[blocks_[i].owner].tag == GUMBO_TAG_P)
        out += blocks_[i].prose();
    return out;
  }

  /// Prose of elements that look like the content: the other halves of a split body.
  [[nodiscard]] double twin_prose(Index up, Index content) const {
    const auto names = dom_.attribute(content, "class");
    if (names.empty()) return 0;
    double out = 0;
    for (Index i = up; i < dom_[up].end;) {
      if (i != content && dom_[i].tag == dom_[content].tag && dom_.attribute(i, "class") == names) {
        out += prose_.over(i);
        i = dom_[i].end;
      } else {
        ++i;
      }
    }
    return out;
  }

  /// Prose of elements that stand in `up` as the content does: the same elements above them, the
  /// outermost of the same class. A small part behind an advertisement is found by that.
  [[nodiscard]] double alike_prose(Index up, Index content) const {
    double out = 0;
    for (Index i = up + 1; i < dom_[up].end;) {
      if (i != content && dom_[i].tag == dom_[content].tag && !dom_.contains(i, content) &&
          prose_.over(i) > 0 && stands_like(i, content, up)) {
        out += prose_.over(i);
        i = dom_[i].end;
      } else {
        i = i == content ? dom_[i].end : i + 1;
      }
    }
    return out;
  }

  [[nodiscard]] bool stands_like(Index one, Index other, Index up) const {
    bool same_class = false;
    while (one != up && other != up && one != Dom::none && other != Dom::none) {
      if (dom_[one].tag != dom_[other].tag) return false;
      const auto names = dom_.attribute(one, "class");
      same_class = !names.empty() && names == dom_.attribute(other, "class");
      one = dom_[one].parent;
      other = dom_[other].parent;
    }
    return one == other && same_class;
  }

  Page& page_;
  const Dom& dom_;
  const std::vector<TextBlock>& blocks_;
  BlockSums prose_;
  BlockSums chars_;
  BlockSums links_;
  std::vector<int> linked_headings_;  // before each node: <h2> to <h6> with a link inside
  Index article_ = Dom::none;
  bool others_ = false;  // another <article> with prose stands on the page
};

}  // namespace

Dom::Index end_of_prose(const Dom& dom, const CleanPage& clean, Dom::Index content) {
  Index out = Dom::none;
  for (const auto& block : clean.blocks)
    if (dom.contains(content, block.owner) && block.prose() > 0) out = block.end;
  return out == Dom::none ? dom[content].end : out;
}

Dom::Index find_content(Page& page, const CleanPage& clean) { return Finder(page, clean).find(); }

}  // namespace tinwatch::parsers
