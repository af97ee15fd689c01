#include "page/boilerplate.hpp"

#include "core/text.hpp"
#include "page/box_signs.hpp"
#include "page/element_signs.hpp"
#include "page/form_boxes.hpp"
#include "page/other_articles.hpp"
#include "page/phrases.hpp"
#include "page/teaser_cards.hpp"
#include "page/text_widgets.hpp"
#include "rules.hpp"

#include <algorithm>
#include <map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr double least_article = 100;     // characters of prose: an article, if a short one
constexpr double standing_article = 800;  // ... that stands by itself, whatever else the page holds
constexpr int most_looks = 8;
constexpr std::size_t most_blocks_back = 20;
constexpr double longest_hidden = 3000;  // characters: consent walls hide whole articles

class Cleaner {
 public:
  explicit Cleaner(Page& page)
      : page_(page),
        dom_(page.dom),
        skip_(page.dom.size(), false),
        why_(page.dom.size(), Drop::kept),
        paragraphs_(page.dom, GUMBO_TAG_P),
        quotes_(page.dom, GUMBO_TAG_BLOCKQUOTE),
        tables_(page.dom, GUMBO_TAG_TABLE),
        articles_(page.dom, GUMBO_TAG_ARTICLE),
        anchors_(page.dom, GUMBO_TAG_A),
        pictures_(page.dom, GUMBO_TAG_IMG) {}

  CleanPage run(const std::vector<std::pair<Index, Drop>>& known) {
    drop_hidden();
    for (const auto& [at, why] : known) drop(at, why);
    auto blocks = read_blocks(dom_, page_.body, skip_);
    const BlockSums prose(dom_, blocks, [](const auto& block) { return block.prose(); });
    const BlockSums chars(dom_, blocks, [](const auto& block) { return block.chars; });
    const BlockSums links(dom_, blocks, [](const auto& block) { return block.link_chars; });
    prose_ = &prose;
    chars_ = &chars;
    const TextWidgets widgets(page_, blocks, prose, chars, links);
    widgets_ = &widgets;
    whole_ = std::max(1.0, prose.over(page_.body));
    const auto visible = skip_;
    guard();
    for (const auto at : find_teaser_cards(page_, prose, chars, links, paragraphs_))
      drop(at, Drop::chrome);
    for (auto at : find_other_articles(page_, blocks, prose, guarded_)) drop(at, Drop::chrome);
    drop_elements();
    drop_form_boxes();
    drop_headed_boxes(blocks);
    auto left = read_blocks(dom_, page_.body, skip_);
    double rest = 0;
    for (const auto& block : left) rest += block.prose();
    // A page whose names all lie is read as it stands.
    if (rest < 0.1 * whole_ && whole_ > 300 && rest < standing_article) {
      why_.assign(dom_.size(), Drop::kept);
      for (Index i = 0; i < dom_.size(); ++i)
        if (visible[i]) why_[i] = Drop::chrome;
      spread_reasons();
      return {visible, std::move(why_), blocks, blocks, {}, {}};
    }
    spread_reasons();
    return {std::move(skip_),   std::move(why_), std::move(left), std::move(blocks), {},
            std::move(legends_)};
  }

 private:
  [[nodiscard]] BoxSums sums() const { return {dom_, page_.body, pictures_, anchors_, *chars_}; }
  [[nodiscard]] double share(Index at) const { return prose_->over(at) / whole_; }

  void drop(Index at, Drop why) {
    skip_[at] = true;
    why_[at] = std::max(why_[at], why);
  }

  void spread_reasons() {
    for (Index i = page_.body + 1; i < dom_[page_.body].end; ++i)
      why_[i] = std::max(why_[i], why_[dom_[i].parent]);
  }

  void drop_hidden() {
    const auto blocks = read_blocks(dom_, page_.body, skip_);
    const BlockSums chars(dom_, blocks, [](const auto& block) { return block.chars; });
    for (Index i = page_.body + 1; i < dom_[page_.body].end; ++i)
      if (!dom_[i].is_text && is_hidden(dom_, i) && chars.over(i) < longest_hidden)
        drop(i, Drop::chrome);
  }

  void guard() {
    guarded_.assign(dom_.size(), false);
    const auto up = [&](Index from) {
      for (Index a = dom_[from].parent; a != Dom::none && !guarded_[a]; a = dom_[a].parent)
        guarded_[a] = true;
    };
    if (!page_.h1.empty()) up(page_.h1.front());
    if (page_.headline != Dom::none) up(page_.headline);
    for (Index i = page_.body; i < dom_[page_.body].end; ++i)
      if (dom_.attribute(i, "itemprop").find("articleBody") != std::string_view::npos) {
        up(i);
        guarded_[i] = true;
      }
  }

  void drop_elements() {
    for (Index i = page_.body + 1; i < dom_[page_.body].end; ++i)
      if (!dom_[i].is_text && !guarded_[i] && share(i) < most_to_drop(i)) drop(i, reason(i));
  }

  Drop reason(Index at) {
    const auto name = page_.names.of(at);
    if (name.related) return Drop::chrome;
    switch (dom_[at].tag) {
      case GUMBO_TAG_FIGURE:
      case GUMBO_TAG_FIGCAPTION:
      case GUMBO_TAG_CAPTION: return Drop::media;
      default: break;
    }
    if (name.caption || dom_.attribute(at, "itemprop") == "caption") return Drop::media;
    if (name.byline || dom_.attribute(at, "itemprop") == "author" ||
        dom_.attribute(at, "rel") == "author")
      return Drop::byline;
    if (!name.only_setting || !is_legend(sums(), at)) return Drop::chrome;
    legends_.push_back(at);
    return Drop::media;
  }

  /// The share of the page's prose below which this element is furniture; 0 when it is none.
  double most_to_drop(Index at) {
    constexpr double always = 2;
    switch (dom_[at].tag) {
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_FOOTER: return 0.4;
      case GUMBO_TAG_ASIDE:
      case GUMBO_TAG_FORM: return 0.3;
      case GUMBO_TAG_HEADER: return follows_article(at) && is_heading_alone(sums(), at) ? 0 : 0.1;
      case GUMBO_TAG_FIGCAPTION:
      case GUMBO_TAG_CAPTION:
      case GUMBO_TAG_TIME: return always;
      case GUMBO_TAG_FIGURE: return quotes_.inside(at) == 0 && tables_.inside(at) == 0 ? 0.1 : 0;
      default: break;
    }
    if (is_declared_field(dom_, at)) return 0.1;
    switch (dom_[at].tag) {
      case GUMBO_TAG_B:
      case GUMBO_TAG_I:
      case GUMBO_TAG_EM:
      case GUMBO_TAG_STRONG:
      case GUMBO_TAG_U:
      case GUMBO_TAG_ARTICLE:
      case GUMBO_TAG_MAIN:
      case GUMBO_TAG_BLOCKQUOTE:
      case GUMBO_TAG_TR:
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
      case GUMBO_TAG_TBODY:
      case GUMBO_TAG_TABLE: return 0;
      default: return most_to_drop_by_name(at);
    }
  }

  double most_to_drop_by_name(Index at) {
    const auto name = page_.names.of(at);
    bool hit = has_chrome_role(dom_, at);
    if (!hit) {
      switch (dom_[at].tag) {
        case GUMBO_TAG_A: hit = name.boilerplate && !name.content && share(at) == 0; break;
        case GUMBO_TAG_SPAN:
          hit = (name.boilerplate && !name.content) || is_popup(sums(), at);
          break;
        case GUMBO_TAG_P:
        case GUMBO_TAG_LI: hit = name.boilerplate && !name.content; break;
        default: hit = name.boilerplate || name.chrome_word;
      }
    }
    if (!hit || (name.only_widget && widgets_->hold(at)) ||
        (name.only_setting && name.gallery && is_one_picture(sums(), at)))
      return 0;
    if (quotes_.inside(at) > 0 && !name.discussion && is_mostly_quotes(sums(), at)) return 0;
    if (articles_.inside(at) > 0 && articles_.inside(page_.body) == 1) return 0;
    if (name.content) return 0.05;
    if (name.gallery && stands_behind(at, standing_article) && !is_left_out("gallery-behind"))
      return 2;
    return name.discussion && follows_article(at) ? 2 : 0.3;
  }

  /// Whether the article's text stands before this place. Then a box of teasers or comments may be
  /// longer than a short article, and goes all the same: what is decided by shares of the page
  /// alone would change with every rotation of the box.
  [[nodiscard]] bool follows_article(Index at) const { return stands_behind(at, least_article); }
  /// Behind the headline and so much prose.
  [[nodiscard]] bool stands_behind(Index at, double prose) const {
    return page_.headline != Dom::none && page_.headline < at &&
           prose_->between(page_.headline, at) >= prose;
  }

  void drop_form_boxes() {
    const auto stays = [this](Index at) { return guarded_[at] || share(at) > 0.1; };
    for (const auto at : find_form_boxes(dom_, page_.body, *chars_, paragraphs_, stays))
      drop(at, Drop::chrome);
  }

  /// "Bài viết tương tự:", "Related", "Bình luận" as a line of its own: what follows it in its
  /// parent is a box, up to a run of paragraphs that link nowhere.
  void drop_headed_boxes(const std::vector<TextBlock>& blocks) {
    std::map<Index, int> looks;
    for (std::size_t at = 0; at < blocks.size(); ++at) {
      const auto& block = blocks[at];
      if (block.words == 0 || block.words > 7 || block.chars > 60) continue;
      if (block.owner == page_.body || guarded_[block.owner] || skip_[block.owner]) continue;
      if (page_.headline != Dom::none && block.owner < page_.headline) continue;
      const auto text = text_of(dom_, block, skip_);
      const bool comments = phrases::opens_comments(text);
      if (!comments && !phrases::opens_other_articles(text)) continue;
      const auto box = comments ? block.owner : alone_in(sums(), block.owner);
      const auto parent = dom_[box].parent;
      // Each look walks the rest of the parent; a parent has few such headings.
      if (parent == Dom::none || ++looks[parent] > most_looks) continue;
      std::size_t stop = at + 1;
      std::size_t unlinked = 0;
      const auto flow = paragraph_before(blocks, at);
      for (auto next = at + 1; next < blocks.size() && dom_.contains(parent, blocks[next].owner);
           ++next) {
        // Behind what the box holds; right behind its heading a paragraph is the box's.
        if (!comments && next > at + 1 && flow != Dom::none && is_alike(blocks[next], flow)) break;
        unlinked = blocks[next].link_chars > 0 ? 0 : unlinked + (blocks[next].prose() > 0 ? 1 : 0);
        if (!comments && unlinked > 2) break;
        if (unlinked <= 1 || comments) stop = next + 1;
      }
      double gone = 0;
      for (auto next = at; next < stop; ++next) gone += blocks[next].prose();
      if (gone > 0.5 * whole_ && !follows_article(block.owner)) continue;
      for (Index sibling = box; sibling < dom_[parent].end; sibling = dom_[sibling].end) {
        if (stop < blocks.size() && sibling <= blocks[stop].owner &&
            blocks[stop].owner < dom_[sibling].end)
          break;
        if (!guarded_[sibling]) drop(sibling, Drop::chrome);
      }
    }
  }

  /// The paragraph of text beside which this block stands; `Dom::none` when there is none.
  [[nodiscard]] Index paragraph_before(const std::vector<TextBlock>& blocks, std::size_t at) const {
    const auto parent = dom_[blocks[at].owner].parent;
    for (auto before = at; before-- > 0 && blocks[before].first >= parent;) {
      const auto owner = blocks[before].owner;
      if (dom_[owner].parent == parent && blocks[before].prose() > 0 && !skip_[owner]) return owner;
      if (at - before > most_blocks_back) break;
    }
    return Dom::none;
  }

  /// A paragraph beside that one and set like it: there the text goes on.
  [[nodiscard]] bool is_alike(const TextBlock& block, Index flow) const {
    const auto owner = block.owner;
    return block.prose() > 0 && dom_[owner].parent == dom_[flow].parent &&
           dom_[owner].tag == dom_[flow].tag &&
           dom_.attribute(owner, "class") == dom_.attribute(flow, "class");
  }

  Page& page_;
  const Dom& dom_;
  Skip skip_;
  std::vector<Drop> why_;
  std::vector<bool> guarded_;
  TagCount paragraphs_;
  TagCount quotes_;
  TagCount tables_;
  TagCount articles_;
  TagCount anchors_;
  TagCount pictures_;
  const BlockSums* prose_ = nullptr;
  const BlockSums* chars_ = nullptr;
  const TextWidgets* widgets_ = nullptr;
  std::vector<Index> legends_;
  double whole_ = 1;
};

}  // namespace

CleanPage drop_boilerplate(Page& page, const std::vector<std::pair<Dom::Index, Drop>>& known) {
  auto out = Cleaner(page).run(known);
  for (const auto& [at, why] : known)
    if (why == Drop::media) out.captions.push_back(at);
  std::sort(out.captions.begin(), out.captions.end());
  out.texts.reserve(out.all.size());
  for (const auto& block : out.all) out.texts.push_back(text_of(page.dom, block));
  return out;
}

}  // namespace tinwatch::parsers
