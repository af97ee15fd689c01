#pragma once

#include "article/date_places.hpp"
#include "page/page.hpp"
#include "parsers/dates.hpp"

#include <optional>

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
  /// A <time> that gives the declared moment with an offset prints the paper's own clock.
  void take_printed_offset(PrintedDate& declared) const;

 private:
  [[nodiscard]] std::optional<PrintedDate> read(std::string_view text) const;
  /// What an element of such a name says.
  [[nodiscard]] std::optional<PrintedDate> read_named(Dom::Index at) const;

  const Page& page_;
  const Dom& dom_;
  DatePlaces& places_;
  const DateContext& context_;
};

}  // namespace tinwatch::parsers
