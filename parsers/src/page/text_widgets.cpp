#include "page/text_widgets.hpp"

#include "rules.hpp"

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr int most_steps = 6;  // ancestors

}  // namespace

TextWidgets::TextWidgets(Page& page, const std::vector<TextBlock>& blocks, const BlockSums& prose,
                         const BlockSums& chars, const BlockSums& links)
    : page_(page), prose_(prose), chars_(chars), links_(links) {
  for (const auto& block : blocks)
    if (block.prose() > 0 && page.dom[block.owner].tag == GUMBO_TAG_P)
      flows_.insert(page.dom[block.owner].parent);
}

bool TextWidgets::hold(Index at) const {
  if (prose_.over(at) == 0 || links_.over(at) * 3 > chars_.over(at)) return false;
  if (is_left_out("text-widgets")) return false;
  Index up = page_.dom[at].parent;
  for (int step = 0; up != Dom::none && step < most_steps; ++step, up = page_.dom[up].parent) {
    const auto name = page_.names.of(up);
    if ((name.boilerplate || name.chrome_word) && !name.only_widget) return false;
    if (name.content || flows_.contains(up)) return true;
  }
  return false;
}

}  // namespace tinwatch::parsers
