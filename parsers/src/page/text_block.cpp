#include "page/text_block.hpp"

#include "core/text.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::uint32_t least_prose = 60;
constexpr std::uint32_t least_cjk_prose = 25;
constexpr double most_links_in_prose = 0.6;

/// Elements whose text is nobody's prose: controls, media, embedded things.
bool holds_no_text(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_MAP:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_PROGRESS:
    case GUMBO_TAG_MENU: return true;
    default: return false;
  }
}

/// Boxes in which lines are parted by <br>.
bool holds_lines(GumboTag tag) {
  return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_CENTER ||
         tag == GUMBO_TAG_FORM || tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_SECTION ||
         tag == GUMBO_TAG_ARTICLE;
}

bool is_emphasis(GumboTag tag) {
  return tag == GUMBO_TAG_STRONG || tag == GUMBO_TAG_B || tag == GUMBO_TAG_EM || tag == GUMBO_TAG_I;
}

/// Walks the tree once and cuts it where blocks begin and end.
class Reader {
 public:
  Reader(const Dom& dom, const Skip& skip) : dom_(dom), skip_(skip) {}

  std::vector<TextBlock> read(Index root) {
    start(root);
    Index i = root + 1;
    while (i < dom_[root].end) {
      while (!open_.empty() && dom_[open_.back()].end <= i) close(i);
      i = dom_[i].is_text ? text(i) : element(i);
    }
    flush(root, i);
    return std::move(out_);
  }

 private:
  void start(Index owner) { now_ = TextBlock{.owner = owner, .first = Dom::none}; }

  void flush(Index next_owner, Index end) {
    if (now_.chars > 0) {
      now_.end = end;
      now_.link_chars = std::min(now_.link_chars, now_.chars);
      out_.push_back(now_);
    }
    start(next_owner);
    gap_ = false;
    in_word_ = false;
    after_break_ = false;
    bare_ = false;
  }

  void close(Index at) {
    const auto closed = open_.back();
    open_.pop_back();
    const auto tag = dom_[closed].tag;
    links_ -= tag == GUMBO_TAG_A ? 1 : 0;
    emphasis_ -= is_emphasis(tag) ? 1 : 0;
    if (is_block(tag)) flush(dom_[closed].parent, at);
  }

  Index element(Index i) {
    const auto& node = dom_[i];
    if (is_out(skip_, i) || holds_no_text(node.tag)) {
      if (is_block(node.tag) && !holds_no_text(node.tag)) flush(now_.owner, i);
      return node.end;
    }
    if (node.tag == GUMBO_TAG_BR) {
      if (after_break_ || parts_lines(i)) flush(now_.owner, i);
      after_break_ = true;
      gap_ = true;
      in_word_ = false;
      bare_ = false;
      return node.end;
    }
    if (is_block(node.tag)) flush(i, i);
    links_ += node.tag == GUMBO_TAG_A ? 1 : 0;
    emphasis_ += is_emphasis(node.tag) ? 1 : 0;
    open_.push_back(i);
    return i + 1;
  }

  /// Between two lines that are elements by themselves, in a box that is no paragraph: a headline,
  /// a date and a counter in <span>s.
  [[nodiscard]] bool parts_lines(Index br) const {
    const auto parent = dom_[br].parent;
    if (now_.chars == 0 || bare_ || parent != now_.owner || !holds_lines(dom_[parent].tag) ||
        is_left_out("br-lines"))
      return false;
    auto next = dom_[br].end;
    while (next < dom_[parent].end && dom_[next].is_text && dom_[next].run.chars == 0) ++next;
    return next < dom_[parent].end && dom_[next].is_element && dom_[next].tag != GUMBO_TAG_BR;
  }

  Index text(Index i) {
    const auto& run = dom_[i].run;
    if (run.opens_blank) {
      gap_ = true;
      in_word_ = false;
    }
    if (run.chars > 0) {
      if (now_.first == Dom::none) now_.first = i;
      const auto chars = run.chars + (gap_ && now_.chars > 0 ? 1 : 0);
      now_.cjk_chars += run.cjk_chars;
      now_.words += run.words - (in_word_ && run.opens_word ? 1 : 0);
      now_.chars += chars;
      now_.has_digit = now_.has_digit || run.has_digit;
      if (links_ > 0) now_.link_chars += chars;
      if (emphasis_ > 0) now_.strong_chars += chars;
      bare_ = bare_ || dom_[i].parent == now_.owner;
      gap_ = run.closes_blank;
      in_word_ = run.closes_word;
      after_break_ = false;
    }
    return i + 1;
  }

  const Dom& dom_;
  const Skip& skip_;
  std::vector<TextBlock> out_;
  TextBlock now_;
  std::vector<Index> open_;
  int links_ = 0;
  int emphasis_ = 0;
  bool gap_ = false;  // white space was seen since the last character
  bool in_word_ = false;
  bool after_break_ = false;  // nothing but white space since the last <br>
  bool bare_ = false;         // text since then stands in the box itself
};

}  // namespace

std::uint32_t TextBlock::prose() const {
  const auto own = chars - link_chars;
  const bool dense = cjk_chars * 10 > chars * 3;
  if (own < (dense ? least_cjk_prose : least_prose) || link_share() >= most_links_in_prose)
    return 0;
  return dense ? 2 * own : own;
}

std::vector<TextBlock> read_blocks(const Dom& dom, Index root, const Skip& skip) {
  return Reader(dom, skip).read(root);
}

std::string text_of(const Dom& dom, const TextBlock& block, const Skip& skip) {
  std::string out;
  for (Index i = block.first; i < block.end;) {
    const auto& node = dom[i];
    if (node.is_text) {
      out += node.text;
      ++i;
    } else if (is_out(skip, i) || holds_no_text(node.tag)) {
      i = node.end;
    } else {
      if (node.tag == GUMBO_TAG_BR) out += ' ';
      ++i;
    }
  }
  return squeeze(out);
}

std::size_t text_nodes(const Dom& dom, const TextBlock& block) {
  std::size_t out = 0;
  for (auto i = block.first; i < block.end; ++i) out += dom[i].is_text && dom[i].run.chars > 0;
  return out;
}

std::string spaced_text(const Dom& dom, const TextBlock& block, std::size_t most) {
  std::string out;
  for (auto i = block.first; i < block.end && out.size() < most; ++i)
    if (dom[i].is_text) out += std::string(dom[i].text) + ' ';
  return squeeze(clip(out, most));
}

}  // namespace tinwatch::parsers
