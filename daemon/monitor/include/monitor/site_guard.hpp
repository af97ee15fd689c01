#pragma once

#include "core/types.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace tinwatch::monitor {

/// What a look at a known article saw.
enum class Sign {
  well,      ///< the article, as it was or edited
  absent,    ///< the article was not there
  replaced,  ///< a page that shares nothing with it
  hollow,    ///< the article, with most of its text or its end lost
};

/// Tells a state of a site from what happens to one article: a maintenance page that answers at
/// every address with status 200, a server that has lost all its pages. What the looks at a
/// source's articles saw within the last hour is remembered, the last look at each. One article
/// alone is never a state of its site. Belongs to the io thread.
class SiteGuard {
 public:
  /// `text`: a hash of what was shown instead; 0 where nothing was.
  void note(const std::string& source, ArticleRow article, Sign sign, std::uint64_t text,
            Instant now);

  /// The clock was set: what was noted goes on to be as long ago as it is.
  void clock_was_set(Duration by);

  /// Whether other articles of the source, three at least and half of those looked at since the
  /// first of them, saw that too. Before that the site was well, which says nothing of it now.
  [[nodiscard]] bool is_of_site(const std::string& source, ArticleRow article, Sign sign,
                                Instant now) const;
  /// What the last looks at most of the source's articles saw, four at least; nothing: no state of
  /// its site.
  [[nodiscard]] std::optional<Sign> state_of(const std::string& source, Instant now) const;
  /// Whether the source's other articles were looked at within the hour, and none of them was there
  /// after `since`: then nobody knows yet whose state it is.
  [[nodiscard]] bool lacks_witness(const std::string& source, ArticleRow article, Instant since,
                                   Instant now) const;
  /// Whether another article of the source was replaced by that text.
  [[nodiscard]] bool replaces_others(const std::string& source, ArticleRow article,
                                     std::uint64_t text, Instant now) const;
  /// Looks that are remembered.
  [[nodiscard]] std::size_t size() const;

 private:
  struct Look {
    ArticleRow article;
    Sign sign = Sign::well;
    std::uint64_t text = 0;
    Instant at{};
    Instant since{};  // of the first of the looks in a row that saw the same sign
  };
  using Looks = std::deque<Look>;  // oldest first, one an article

  [[nodiscard]] const Looks* of(const std::string& source) const;

  std::map<std::string, Looks> looks_;
};

}  // namespace tinwatch::monitor
