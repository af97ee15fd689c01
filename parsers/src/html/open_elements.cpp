#include "html/open_elements.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::array<Treatment, GUMBO_TAG_LAST> treatments() {
  std::array<Treatment, GUMBO_TAG_LAST> out{};
  for (const auto tag :
       {GUMBO_TAG_AREA, GUMBO_TAG_BASE, GUMBO_TAG_BR, GUMBO_TAG_COL, GUMBO_TAG_EMBED, GUMBO_TAG_HR,
        GUMBO_TAG_IMG, GUMBO_TAG_INPUT, GUMBO_TAG_LINK, GUMBO_TAG_META, GUMBO_TAG_PARAM,
        GUMBO_TAG_SOURCE, GUMBO_TAG_TRACK, GUMBO_TAG_WBR})
    out[tag].empty = true;
  for (const auto tag :
       {GUMBO_TAG_P, GUMBO_TAG_LI, GUMBO_TAG_DT, GUMBO_TAG_DD, GUMBO_TAG_TD, GUMBO_TAG_TH,
        GUMBO_TAG_TR, GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_OPTION,
        GUMBO_TAG_COLGROUP, GUMBO_TAG_BODY, GUMBO_TAG_HTML, GUMBO_TAG_HEAD, GUMBO_TAG_CAPTION})
    out[tag].unclosed = true;
  for (const auto tag : {GUMBO_TAG_B, GUMBO_TAG_BIG, GUMBO_TAG_CODE, GUMBO_TAG_EM, GUMBO_TAG_FONT,
                         GUMBO_TAG_I, GUMBO_TAG_NOBR, GUMBO_TAG_S, GUMBO_TAG_SMALL,
                         GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG, GUMBO_TAG_TT, GUMBO_TAG_U})
    out[tag].formatting = true;
  for (const auto tag :
       {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_SVG, GUMBO_TAG_MATH, GUMBO_TAG_IFRAME,
        GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES, GUMBO_TAG_XMP})
    out[tag].dropped = true;
  for (const auto tag : {GUMBO_TAG_TEXTAREA, GUMBO_TAG_TITLE}) out[tag].raw = true;
  return out;
}

/// "Special" elements (WHATWG HTML section 13.2.4.2) among those that nest.
bool is_special(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FRAMESET:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MARQUEE:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_UL: return true;
    default: return false;
  }
}

/// Elements beyond which no end tag looks (section 13.2.4.2, "has an element in scope").
bool bounds_scope(GumboTag tag) {
  return tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_APPLET || tag == GUMBO_TAG_MARQUEE ||
         tag == GUMBO_TAG_OBJECT;
}

}  // namespace

const Treatment& Name::treatment() const {
  static constexpr auto all = treatments();
  return all[tag];
}

int& OpenElements::count(const Name& name) {
  return name.tag == GUMBO_TAG_UNKNOWN ? unknown_[ascii_lower(name.text)] : known_[name.tag];
}

bool OpenElements::is_open(const Name& name) const {
  if (name.tag != GUMBO_TAG_UNKNOWN) return known_[name.tag] > 0;
  const auto found = unknown_.find(ascii_lower(name.text));
  return found != unknown_.end() && found->second > 0;
}

void OpenElements::open(const Name& name) {
  open_.push_back(name);
  ++count(name);
  formatting_ += name.treatment().formatting ? 1 : 0;
}

std::size_t OpenElements::close(const Name& name) {
  if (!is_open(name)) return 0;
  const auto reopens = [](const Name& one) {
    return one.treatment().formatting || one.tag == GUMBO_TAG_A;
  };
  std::size_t depth = open_.size();
  while (open_[depth - 1] != name) --depth;
  const std::span inner = std::span<const Name>(open_).subspan(depth);
  lost_formatting_ = lost_formatting_ || (reopens(name) && !inner.empty());
  bool special = false;
  bool table = false;
  bool heading = false;
  for (const auto& one : inner) {
    lost_formatting_ = lost_formatting_ || reopens(one);
    lost_place_ = lost_place_ || one.tag == GUMBO_TAG_TABLE || one.tag == GUMBO_TAG_SELECT;
    special = special || is_special(one.tag);
    table = table || bounds_scope(one.tag);
    heading = heading || is_heading(one.tag);
  }
  const bool scoped = reopens(name) || (is_special(name.tag) && name.tag != GUMBO_TAG_NOSCRIPT);
  // `</form>` ends the form and nothing inside, `</h1>` the innermost heading.
  const bool adopted =
      reopens(name) || name.tag == GUMBO_TAG_FORM || (is_heading(name.tag) && heading);
  note_ends(name, scoped ? table : special, adopted, inner);
  for (auto i = depth - 1; i < open_.size(); ++i) {
    --count(open_[i]);
    formatting_ -= open_[i].treatment().formatting ? 1 : 0;
  }
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(depth - 1), open_.end());
  return depth;
}

/// `ignored`: for HTML the end tag is none. `adopted`: blocks inside go on, as where the adoption
/// agency takes a link or formatting out around them.
void OpenElements::note_ends(const Name& name, bool ignored, bool adopted,
                             std::span<const Name> inner) {
  const auto outside = open_.size() - inner.size() - 1;
  const auto go_on = [&](const Name& one) { astray_.push_back({outside, one}); };
  if (ignored || adopted) {
    for (auto one = astray_.rbegin(); one != astray_.rend() && one->depth > outside; ++one)
      one->depth = outside;
    // A form that was ended still holds what stands in it.
    if (ignored || name.tag == GUMBO_TAG_FORM) go_on(name);
    // Formatting inside goes on with the blocks, in each of them.
    const bool any = std::any_of(inner.begin(), inner.end(),
                                 [](const Name& one) { return is_special(one.tag); });
    if (ignored || any)
      for (const auto& one : inner) go_on(one);
    return;
  }
  // Where one of that name went astray inside, the tag ends that one, and this one goes on.
  bool other = false;
  while (!astray_.empty() && astray_.back().depth > outside && !other) {
    other = astray_.back().name == name;
    astray_.pop_back();
  }
  if (!other) return;
  for (auto one = astray_.rbegin(); one != astray_.rend() && one->depth > outside; ++one)
    one->depth = outside;
  go_on(name);
}

}  // namespace tinwatch::parsers
