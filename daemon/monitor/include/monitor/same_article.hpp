#pragma once

#include "core/record.hpp"

namespace tinwatch::monitor {

/// What leads from the address of a known article to the one that a page was shown at.
enum class Bond {
  none,     ///< nothing: they may be two articles that read alike
  absence,  ///< the known article was not at its own address lately
  carried,  ///< the known article's own address sent us there
};

/// Whether a page shows the article that is known from another address of the same source.
///
/// The headline has to be the same, and the text as much as the bond leaves in doubt: word by word
/// and of the same date without one (a newspaper's daily prices have one headline and hardly
/// another text), alike where the address itself sends on. Texts too short to tell are the same
/// only word by word, and without a bond never.
[[nodiscard]] bool is_same_article(const ArticleRecord& known, const ArticleRecord& shown,
                                   Bond bond);

}  // namespace tinwatch::monitor
