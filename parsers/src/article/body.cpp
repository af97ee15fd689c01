#include "article/body.hpp"

#include "article/body_signs.hpp"
#include "article/lead.hpp"
#include "article/pictures.hpp"
#include "article/tables.hpp"
#include "core/text.hpp"
#include "page/line_parts.hpp"
#include "page/phrases.hpp"
#include "rules.hpp"

#include <deque>
#include <map>
#include <unordered_set>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t longest_byline = 160;  // bytes
constexpr std::size_t longest_caption_words = 90;
constexpr std::uint32_t longest_bold_heading = 150;  // characters
constexpr std::size_t most_pictures = 500;

class Reader {
 public:
  Reader(Page& page, const CleanPage& clean, Index content, const std::vector<BodyBlock>& kept,
         const std::vector<bool>& captions)
      : page_(page),
        dom_(page.dom),
        clean_(clean),
        content_(content),
        kept_(kept),
        tables_(page.dom, content, kept),
        leads_(page, clean, content, kept, captions) {
    for (std::size_t n = 0; n < captions.size(); ++n)
      if (captions[n] && clean.blocks[n].first < content) above_.push_back(&clean.blocks[n]);
  }

  Body read() {
    auto above = leads_.read_above();
    out_.deck = std::move(above.deck);
    out_.blocks = std::move(above.blocks);
    for (const auto& block : out_.blocks) {
      has_lead_ = has_lead_ || block.type == BlockType::lead;
      after_paragraph_ = after_paragraph_ || block.type == BlockType::paragraph;
    }
    const bool headline_above = page_.headline != Dom::none && dom_[page_.headline].end <= content_;
    Index i = headline_above ? dom_[page_.headline].end : content_;
    for (auto next = kept_.begin(); i < dom_[content_].end || next != kept_.end();) {
      if (next != kept_.end() && (next->block.first <= i || i >= dom_[content_].end)) {
        add(*next++);
        continue;
      }
      if (!above_.empty() && above_.front()->first <= i) {
        const auto& block = *above_.front();
        add_caption(text_of(dom_, block, clean_.skip), last_line_in(dom_, block.first, block.end));
        above_.pop_front();
        i = block.end;
        continue;
      }
      i = visit(i);
    }
    end_with_byline();
    return std::move(out_);
  }

 private:
  Index visit(Index i) {
    const auto& node = dom_[i];
    if (node.is_text) return i + 1;
    const bool outside = i < content_;
    switch (clean_.why[i]) {
      case Drop::chrome: return node.end;
      case Drop::byline:
        if (i >= content_ && !dom_.contains(i, content_)) return byline(i);
        break;
      case Drop::media:
        if (is_named_caption(page_, clean_, i)) return caption(i);
        break;
      case Drop::kept: break;
    }
    if (is_picture(dom_, i) && !leads_off_site(dom_, i, page_.url) &&
        (!outside || clean_.why[i] == Drop::media ||
         (clean_.why[i] == Drop::kept && !is_linked(dom_, i)))) {
      if (auto picture = read_picture(dom_, i, page_.url)) {
        const bool known = !pictures_.insert(picture->url).second;
        if (!known && out_.image.size() < most_pictures) out_.image.push_back(std::move(*picture));
        after_picture_ = true;
        if (!caption_ahead_.caption.empty() && !known && !out_.image.empty())
          attach(std::exchange(caption_ahead_, {}));
      }
    }
    return i + 1;
  }

  Index caption(Index at) {
    auto text = dom_.text(at);
    const auto end = dom_[at].end;
    if (!text.empty() && words(text).size() <= longest_caption_words)
      add_caption(std::move(text), last_line_in(dom_, at, end));
    return end;
  }

  void add_caption(std::string text, const std::string& last) {
    // The same caption is often printed twice, for the page and for its lightbox.
    if (!out_.blocks.empty() && out_.blocks.back().type == BlockType::caption &&
        out_.blocks.back().text == text)
      return;
    if (after_picture_ && !out_.image.empty() && out_.image.back().caption.empty())
      attach(split_credit(text, last));
    else
      caption_ahead_ = split_credit(text, last);
    out_.blocks.push_back({BlockType::caption, std::move(text)});
  }

  void attach(CaptionParts parts) {
    auto& image = out_.image.back();
    if (!image.caption.empty() || !image.credit_text.empty()) return;
    image.caption = std::move(parts.caption);
    image.credit_text = std::move(parts.credit);
  }

  Index byline(Index at) {
    auto text = dom_.text(at);
    if (!text.empty() && text.size() <= longest_byline && after_text_) {
      out_.bylines.push_back(text);
      out_.blocks.push_back({BlockType::byline, std::move(text)});
    }
    return dom_[at].end;
  }

  void add(const BodyBlock& kept) {
    if (join_row(kept)) return;
    const auto type = type_of(kept);
    if (type == BlockType::caption) {
      add_caption(kept.text, last_line_in(dom_, kept.block.first, kept.block.end));
      return;
    }
    after_picture_ = false;
    caption_ahead_ = {};
    after_text_ = true;
    after_paragraph_ = after_paragraph_ || type != BlockType::subheading;
    if (type == BlockType::byline) out_.bylines.push_back(kept.text);
    last_is_bold_ = type == BlockType::subheading && !is_heading(dom_[kept.block.owner].tag);
    out_.blocks.push_back({type, kept.text});
  }

  /// A table's row becomes one block; its cells arrive one by one.
  bool join_row(const BodyBlock& kept) {
    const auto row = ancestor(dom_, kept.block.owner, GUMBO_TAG_TR, content_);
    if (row == Dom::none || tables_.is_picture_table(row) || tables_.is_layout_row(row))
      return false;
    const auto [entry, first] = rows_.emplace(row, out_.blocks.size());
    if (first)
      out_.blocks.push_back({BlockType::table, kept.text});
    else
      out_.blocks[entry->second].text += " | " + kept.text;
    after_picture_ = false;
    return true;
  }

  BlockType type_of(const BodyBlock& kept) {
    const auto& block = kept.block;
    const auto inside = [&](GumboTag tag) {
      return ancestor(dom_, block.owner, tag, content_) != Dom::none;
    };
    if (kept.is_caption) return BlockType::caption;
    if (!after_paragraph_ && !has_lead_ && leads_.is_lead(kept, out_.blocks.empty()))
      return BlockType::lead;
    if (inside(GUMBO_TAG_BLOCKQUOTE)) return BlockType::quote;
    if (inside(GUMBO_TAG_LI)) return BlockType::list;
    if (block.link_share() > 0.9 && begins_with_part_label(kept.text))
      return BlockType::series_link;
    const auto place = placing(dom_, block.owner);
    const bool small = kept.text.size() <= longest_byline;
    if (small && after_text_ && page_.names.of(block.owner).byline) return BlockType::byline;
    if (small && after_text_ && (is_byline(kept.text) || is_addressed_name(kept.text)))
      return BlockType::byline;
    if (small && after_text_ && place.find("right") != std::string::npos) return BlockType::byline;
    if (after_picture_ && looks_like_caption(kept, place)) return BlockType::caption;
    if (is_heading(dom_[block.owner].tag)) return BlockType::subheading;
    if (block.chars <= longest_bold_heading && kept.text.back() != '.' && kept.text.back() != ':' &&
        wholly_in(dom_, block, GUMBO_TAG_STRONG, GUMBO_TAG_B))
      return BlockType::subheading;
    return BlockType::paragraph;
  }

  bool looks_like_caption(const BodyBlock& kept, const std::string& place) {
    if (words(kept.text).size() > longest_caption_words) return false;
    if (is_set_like_text(kept, place)) return false;
    return wholly_in(dom_, kept.block, GUMBO_TAG_EM, GUMBO_TAG_I) ||
           place.find("center") != std::string::npos ||
           (dom_[kept.block.owner].tag == GUMBO_TAG_P && place == "Image") ||
           (ancestor(dom_, kept.block.owner, GUMBO_TAG_TR, content_) != Dom::none &&
            tables_.is_picture_table(kept.block.owner));
  }

  /// Where all paragraphs are centred, or all in italics, that makes no caption.
  bool is_set_like_text(const BodyBlock& kept, const std::string& place) {
    if (text_places_.empty()) {
      for (const auto& one : kept_)
        if (!one.is_caption && one.block.prose() > 0)
          text_places_[placing(dom_, one.block.owner)] += one.block.prose();
      for (const auto& [where, prose] : text_places_) text_prose_ += prose;
    }
    const auto mine = text_places_.find(place);
    return !place.empty() && !kept.is_caption && mine != text_places_.end() &&
           mine->second > 0.5 * text_prose_ && !is_left_out("centred-text");
  }

  /// A line of names at the very end is a byline, not a subheading of nothing.
  void end_with_byline() {
    for (auto last = out_.blocks.rbegin(); last != out_.blocks.rend(); ++last) {
      if (last->type == BlockType::series_link) continue;
      const bool bold = last->type == BlockType::subheading && last_is_bold_;
      const bool line = last->type == BlockType::paragraph && words(last->text).size() <= 6;
      if ((bold || line) && looks_like_names(last->text)) {
        last->type = BlockType::byline;
        out_.bylines.push_back(last->text);
      }
      break;
    }
  }

  Page& page_;
  const Dom& dom_;
  const CleanPage& clean_;
  Index content_;
  const std::vector<BodyBlock>& kept_;
  Body out_;
  Tables tables_;
  Leads leads_;
  std::unordered_set<std::string> pictures_;
  std::map<Index, std::size_t> rows_;          // <tr> -> its block
  std::map<std::string, double> text_places_;  // how paragraphs are set -> their prose
  double text_prose_ = 0;
  CaptionParts caption_ahead_;          // printed above its picture
  std::deque<const TextBlock*> above_;  // captions between the headline and the content
  bool after_picture_ = false;          // no text since the last picture
  bool after_text_ = false;             // the body has begun
  bool after_paragraph_ = false;        // and not with a heading alone
  bool has_lead_ = false;
  bool last_is_bold_ = false;
};

}  // namespace

Body read_body(Page& page, const CleanPage& clean, Index content,
               const std::vector<BodyBlock>& kept, const std::vector<bool>& captions) {
  return Reader(page, clean, content, kept, captions).read();
}

}  // namespace tinwatch::parsers
