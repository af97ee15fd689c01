#pragma once

#include "page/page.hpp"
#include "page/text_block.hpp"

#include <vector>

namespace tinwatch::parsers {

/// Whether anything of `tag` stands inside, by counts before each node.
class TagCount {
 public:
  TagCount(const Dom& dom, GumboTag tag) : dom_(dom), before_(dom.size() + 1, 0) {
    for (Dom::Index i = 0; i < dom.size(); ++i)
      before_[i + 1] = before_[i] + (dom[i].tag == tag ? 1 : 0);
  }
  [[nodiscard]] int inside(Dom::Index at) const { return before_[dom_[at].end] - before_[at + 1]; }

 private:
  const Dom& dom_;
  std::vector<int> before_;
};

/// Rows of teasers: three siblings or more of one shape that are mostly a linked headline. Entries
/// of an article's own list, each about something on another site, are none; neither are those that
/// a linked line alone opens where the text has not begun or is made of them. `prose`, `chars` and
/// `links` sum prose, characters and linked characters, `paragraphs` counts <p>.
[[nodiscard]] std::vector<Dom::Index> find_teaser_cards(const Page& page, const BlockSums& prose,
                                                        const BlockSums& chars,
                                                        const BlockSums& links,
                                                        const TagCount& paragraphs);

}  // namespace tinwatch::parsers
