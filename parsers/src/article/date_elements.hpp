#pragma once

#include "article/date_places.hpp"
#include "page/page.hpp"
#include "parsers/dates.hpp"

#include <optional>
#include <string_view>
#include <unordered_set>

namespace tinwatch::parsers {

/// Reading a date costs about as much as walking so many nodes.
inline constexpr std::size_t steps_a_date = 100;

/// What the elements of a page say of its date: microdata, RDFa and <time>.
class DateElements {
 public:
  /// All must outlive this.
  DateElements(const Page& page, DatePlaces& places, const DateContext& context)
      : page_(page), dom_(page.dom), places_(places), context_(context) {}

  /// Microdata's `itemprop="datePublished"`, RDFa's `property="schema:dateCreated"`: the first one
  /// in the article; in furniture around it only where all say one day: else they are others'.
  [[nodiscard]] std::optional<PrintedDate> with_itemprop();
  /// <time datetime>: one marked as the publication's, else the first beside the headline.
  [[nodiscard]] std::optional<PrintedDate> marked_time(bool marked);
  /// The <time> of a page that has but one, wherever it stands.
  [[nodiscard]] std::optional<PrintedDate> only_time() const;
  /// The date in a link that leads to the page itself: a line under the headline that is its
  /// permanent address, or the page's own card in a list of news.
  [[nodiscard]] std::optional<PrintedDate> in_link_to_itself() const;
  /// A <time> that gives the declared moment with an offset prints the paper's own clock.
  void take_printed_offset(PrintedDate& declared) const;

 private:
  [[nodiscard]] std::optional<PrintedDate> read(std::string_view text) const;
  /// Whether the page's <time>s declare one moment and print several days: then it is when the
  /// page was built.
  [[nodiscard]] bool is_time_of_build(std::string_view declared);
  /// What an element of such a name says.
  [[nodiscard]] std::optional<PrintedDate> read_named(Dom::Index at) const;

  const Page& page_;
  const Dom& dom_;
  DatePlaces& places_;
  const DateContext& context_;
  std::optional<std::unordered_set<std::string_view>> times_of_build_;  // values of datetime
};

}  // namespace tinwatch::parsers
