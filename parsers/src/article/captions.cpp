#include "article/captions.hpp"

#include "article/body_signs.hpp"
#include "article/pictures.hpp"
#include "core/text.hpp"
#include "page/line_parts.hpp"
#include "page/phrases.hpp"
#include "rules.hpp"

#include <algorithm>
#include <map>
#include <re2/re2.h>
#include <string>
#include <unordered_set>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;
constexpr std::uint32_t most_words = 50;        // of a caption in a box with its picture
constexpr std::uint32_t most_alike_words = 30;  // ... that is set like the paragraphs
constexpr std::uint32_t most_inner_words = 15;  // ... and holds the picture itself
constexpr std::uint32_t least_opening = 12;     // words of a text's first sentence
constexpr std::uint32_t most_bare_words = 40;   // ... told by nothing but its place
constexpr std::uint32_t most_box_chars = 500;   // caption and credit together
constexpr std::size_t most_box_blocks = 3;
constexpr double most_captions = 0.3;  // of the content's characters: more is a list of pictures

std::string heaviest(const std::map<std::string, double>& prose) {
  const auto most = std::max_element(
      prose.begin(), prose.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == prose.end() ? std::string() : most->first;
}

class Finder {
 public:
  Finder(Page& page, const CleanPage& clean, Index content)
      : page_(page),
        dom_(page.dom),
        clean_(clean),
        blocks_(clean.blocks),
        content_(content),
        description_(word_key(page.head.description())) {}

  std::vector<bool> find() {
    out_.assign(blocks_.size(), false);
    if (!has_picture()) return std::move(out_);
    collect();
    for (const auto n : inside_) {
      const auto picture = picture_before(n);
      out_[n] = picture != Dom::none && (shares_box(n, picture) || repeats_alt(n, picture)) &&
                may_be_caption(n);
    }
    find_over();
    find_by_shape();
    leave_lists_of_pictures();
    return std::move(out_);
  }

 private:
  bool has_picture() const {
    const auto from = std::min(content_, page_.headline);
    for (auto i = from; i < dom_[content_].end; ++i)
      if (is_picture(dom_, i)) return true;
    return false;
  }

  /// The blocks of the content, and the last picture before each.
  void collect() {
    const bool above = page_.headline != Dom::none && dom_[page_.headline].end <= content_;
    const Index from = above ? dom_[page_.headline].end : content_;
    for (std::size_t n = 0; n < blocks_.size(); ++n) {
      const auto& block = blocks_[n];
      if (block.words == 0 || block.first < from || block.first >= dom_[content_].end) continue;
      if (dom_.contains(content_, block.owner) ||
          (block.first < content_ && block.chars <= most_box_chars &&
           !is_meta_line(pieces_of(dom_, block))))
        inside_.push_back(n);
    }
    std::map<std::string, double> prose;
    for (const auto n : inside_)
      if (const auto own = blocks_[n].prose(); own > 0) prose[own_shape(n)] += own;
    paragraph_shape_ = heaviest(prose);
    last_picture_.reserve(inside_.size());
    Index i = from;
    Index last = Dom::none;
    for (const auto n : inside_) {
      for (; i < blocks_[n].first; ++i)
        if (is_picture(dom_, i)) last = i;
      last_picture_.push_back(last);
      own_number_[n] = last_picture_.size() - 1;
    }
  }

  /// The picture that this block is the first text behind; captions behind it let a second line
  /// follow.
  Index picture_before(std::size_t n) const {
    const auto k = own_number_.at(n);
    const auto picture = last_picture_[k];
    if (picture == Dom::none) return Dom::none;
    for (auto before = k; before-- > 0;) {
      const auto& other = blocks_[inside_[before]];
      if (other.end <= picture) break;
      if (other.first > picture && (!out_[inside_[before]] || k - before >= 2)) return Dom::none;
    }
    return picture;
  }

  /// A line over its picture, set like no paragraph: the two share a box and nothing else does.
  void find_over() {
    for (std::size_t k = 0; k < inside_.size() && !is_left_out("caption-over"); ++k) {
      const auto n = inside_[k];
      const auto& block = blocks_[n];
      if (out_[n] || own_shape(n) == paragraph_shape_ || length_of(block) > most_bare_words)
        continue;
      const auto next = k + 1 < inside_.size() ? blocks_[inside_[k + 1]].first : dom_[content_].end;
      Index picture = block.end;
      while (picture < next && !is_picture(dom_, picture)) ++picture;
      const auto box = picture < next ? box_round(dom_, block.owner, picture) : Dom::none;
      if (box == Dom::none || box == block.owner || dom_.contains(box, content_)) continue;
      const bool second = last_picture_[k] != Dom::none && dom_.contains(box, last_picture_[k]);
      if (!second && holds_only(box, 1) && may_be_caption(n)) out_[n] = true;
    }
  }

  /// Picture and text stand in one box, and nothing else does.
  bool shares_box(std::size_t n, Index picture) const {
    const auto& block = blocks_[n];
    const auto box = box_round(dom_, block.owner, picture);
    const bool alike = own_shape(n) == paragraph_shape_;
    if (box == Dom::none || dom_.contains(box, content_) || dom_.contains(box, page_.headline))
      return false;
    // A paragraph with a picture in it is none but where it is short and no sentence.
    if (alike && box == block.owner &&
        (length_of(block) > most_inner_words || phrases::ends_sentence(text_of(dom_, block))))
      return false;
    if (length_of(block) > (!is_set_apart(dom_, block) && (alike || box == block.owner)
                                ? most_alike_words
                                : most_words))
      return false;
    return holds_only(box, most_box_blocks);
  }

  /// A box of a few lines, and not all there is.
  bool holds_only(Index box, std::size_t most) const {
    std::size_t blocks = 0;
    std::uint32_t chars = 0;
    auto k = std::lower_bound(inside_.begin(), inside_.end(), box,
                              [&](std::size_t one, Index at) { return blocks_[one].first < at; });
    for (; k != inside_.end() && blocks_[*k].first < dom_[box].end; ++k) {
      chars += blocks_[*k].chars;
      if (++blocks > most || chars > most_box_chars) return false;
    }
    return blocks < inside_.size();
  }

  /// The text stands in a box of its own, with no picture in it before this line: its first line.
  [[nodiscard]] bool opens_text(std::size_t n, Index picture) const {
    auto box = blocks_[n].owner;
    while (!dom_.contains(dom_[box].parent, picture)) box = dom_[box].parent;
    return box != blocks_[n].owner && !holds_only(box, most_box_blocks) &&
           !is_left_out("opens-text");
  }

  /// What is no caption wherever it stands: labels, headings of boxes, headings, the lead.
  bool may_be_caption(std::size_t n) {
    const auto& block = blocks_[n];
    if (is_heading(dom_[block.owner].tag) || block.link_share() > 0.8) return false;
    if (page_.names.of(block.owner).lead) return false;
    const auto text = text_of(dom_, block);
    // "9) Of a list": an item and no caption.
    static const RE2 item(R"(^\d{1,3}[.)]\s)");
    if (RE2::PartialMatch(text, item)) return false;
    // The first sentence under the picture above a text opens it.
    if (n == inside_.front() && phrases::ends_sentence(text) && block.words >= least_opening &&
        (own_shape(n) == paragraph_shape_ || block.strong_chars * 2 > block.chars) &&
        !is_set_apart(dom_, block) && split_credit(text, text).credit.empty())
      return false;
    if (phrases::is_box_label(text) || phrases::opens_other_articles(text) ||
        is_stamp_line(pieces_of(dom_, block)))
      return false;
    if (description_.empty()) return true;
    const auto key = word_key(text);
    return key.size() < 40 || description_.find(clip(key, 80)) == std::string::npos;
  }

  [[nodiscard]] std::string own_shape(std::size_t n) const {
    return type_and_class(dom_, blocks_[n].owner);
  }

  /// Where the boxes of pictures and words are what the page is made of, they are its text: but
  /// for those that are set like nothing else.
  void leave_lists_of_pictures() {
    double all = 0;
    double captions = 0;
    std::unordered_set<std::string> text_shapes;
    for (const auto n : inside_) {
      all += blocks_[n].chars;
      if (out_[n])
        captions += blocks_[n].chars;
      else
        text_shapes.insert(own_shape(n));
    }
    if (captions <= most_captions * all) return;
    for (const auto n : inside_)
      if (out_[n] && (text_shapes.contains(own_shape(n)) || text_shapes.empty() ||
                      captions > 2 * most_captions * all))
        out_[n] = false;
  }

  bool repeats_alt(std::size_t n, Index picture) const {
    const auto alt = dom_.attribute(picture, "alt");
    return alt.size() >= 12 && length_of(blocks_[n]) <= most_words &&
           word_key(alt) == word_key(text_of(dom_, blocks_[n]));
  }

  /// A line under a picture whose shape stands nowhere but under pictures, on a page where most of
  /// the text has another one.
  void find_by_shape() {
    std::vector<std::size_t> under;
    for (const auto n : inside_)
      if (const auto picture = picture_before(n);
          !out_[n] && picture != Dom::none && !follows_caption(n) && !opens_text(n, picture))
        under.push_back(n);
    if (under.empty()) return;
    std::map<std::string, std::pair<std::size_t, std::size_t>> shapes;  // all, under pictures
    std::vector<std::string> of_block(blocks_.size());
    for (const auto n : inside_) {
      if (blocks_[n].words > most_words * 2 && shapes.size() > 400) continue;
      ++shapes[of_block[n] = shape_of(dom_, blocks_[n], content_)].first;
    }
    for (const auto n : under) ++shapes[of_block[n]].second;
    // The shape of most of the prose is the text's, even where each paragraph has its picture.
    std::map<std::string, double> prose;
    for (const auto n : inside_) prose[of_block[n]] += blocks_[n].prose();
    const auto of_text = heaviest(prose);
    for (const auto n : under) {
      const auto& block = blocks_[n];
      const auto& [all, pictured] = shapes[of_block[n]];
      if (length_of(block) > most_bare_words || !may_be_caption(n)) continue;
      if ((of_block[n] == of_text && !is_open_line(n, all)) || is_step(n, of_block)) continue;
      // The text's own first line may stand under the picture above it.
      const bool first = n == inside_.front() || all == 1;
      const bool heavy = block.strong_chars * 2 > block.chars &&
                         !wholly_in(dom_, block, GUMBO_TAG_EM, GUMBO_TAG_I);
      if ((all != pictured || (first && (heavy || block.words > most_alike_words))) &&
          !is_open_line(n, all))
        continue;
      out_[n] = true;
    }
  }

  /// Three lines of one shape with nothing but pictures between are steps of an instruction.
  bool is_step(std::size_t n, const std::vector<std::string>& shapes) const {
    const auto k = own_number_.at(n);
    const auto alike = [&](std::size_t at) {
      return at < inside_.size() && shapes[inside_[at]] == shapes[n];
    };
    return (alike(k - 1) && (alike(k - 2) || alike(k + 1))) || (alike(k + 1) && alike(k + 2));
  }

  /// The picture has its caption; what follows is a subheading or the text.
  [[nodiscard]] bool follows_caption(std::size_t n) const {
    const auto k = own_number_.at(n);
    if (k > 0 && out_[inside_[k - 1]]) return true;
    for (auto i = last_picture_[k]; i < blocks_[n].first; ++i)
      if (dom_[i].is_text && dom_[i].run.chars > 0 && clean_.why[i] == Drop::media) return true;
    return false;
  }

  /// Set like the text, but short, and without the full stop of a sentence, between paragraphs.
  bool is_open_line(std::size_t n, std::size_t alike) const {
    const auto k = own_number_.at(n);
    if (alike < 4 || k == 0 || k + 1 >= inside_.size()) return false;
    const auto& next = blocks_[inside_[k + 1]];
    const auto& block = blocks_[n];
    return block.cjk_chars == 0 && block.words >= 4 && block.words <= 30 && next.prose() > 0 &&
           block.strong_chars == 0 && !phrases::ends_sentence(text_of(dom_, block));
  }

  Page& page_;
  const Dom& dom_;
  const CleanPage& clean_;
  const std::vector<TextBlock>& blocks_;
  Index content_;
  std::string description_;                        // word_key of what is declared
  std::string paragraph_shape_;                    // of most of the prose
  std::vector<std::size_t> inside_;                // the content's blocks
  std::vector<Index> last_picture_;                // one of each of them
  std::map<std::size_t, std::size_t> own_number_;  // block -> its place in inside_
  std::vector<bool> out_;
};

}  // namespace

std::vector<bool> find_captions(Page& page, const CleanPage& clean, Dom::Index content) {
  return Finder(page, clean, content).find();
}

}  // namespace tinwatch::parsers
