#include "html/phrasing.hpp"

namespace tinwatch::parsers {
namespace {

/// A fourth formatting element like three that are open takes the first one's place (section
/// 13.2.4.3, "Noah's Ark").
constexpr std::size_t most_alike = 3;

/// Elements that do nothing when they open or close but what text does too, apart from
/// formatting.
bool is_plain_phrasing(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
    case GUMBO_TAG_WBR: return true;
    default: return false;
  }
}

}  // namespace

void Phrasing::note_start(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_CAPTION: in_cell_ = true; break;
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_COLGROUP:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TR: in_cell_ = false; break;
    default: break;
  }
}

void Phrasing::note_end(GumboTag tag) {
  note_start(tag);
  if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH || tag == GUMBO_TAG_CAPTION) in_cell_ = false;
}

bool Phrasing::may_begin(const Name& name, const OpenElements& open) const {
  if (!is_plain_phrasing(name.tag)) return false;
  // Text between a table's cells goes before the table; what a <select> holds is another grammar.
  // Both may still be open for Gumbo when they were not closed in order.
  if (open.has_lost_place() || open.count(GUMBO_TAG_SELECT) > 0 ||
      (open.count(GUMBO_TAG_TABLE) > 0 && !in_cell_))
    return false;
  const bool link = name.tag == GUMBO_TAG_A;
  if (!link && !name.treatment().formatting) return true;
  // A link ends the one that is open; formatting that was not closed in order goes on.
  return !open.has_lost_formatting() && open.formatting() < most_alike &&
         (!link || open.count(GUMBO_TAG_A) == 0);
}

}  // namespace tinwatch::parsers
