#include "open_elements.hpp"

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
  lost_formatting_ = lost_formatting_ || (reopens(name) && open_.back() != name);
  for (;;) {
    const auto last = open_.back();
    const auto depth = open_.size();
    open_.pop_back();
    --count(last);
    formatting_ -= last.treatment().formatting ? 1 : 0;
    if (last == name) return depth;
    lost_formatting_ = lost_formatting_ || reopens(last);
    lost_place_ = lost_place_ || last.tag == GUMBO_TAG_TABLE || last.tag == GUMBO_TAG_SELECT;
  }
}

}  // namespace tinwatch::parsers
