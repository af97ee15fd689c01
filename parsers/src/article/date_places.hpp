#pragma once

#include "html/inherited.hpp"
#include "page/boilerplate.hpp"
#include "page/page.hpp"

namespace tinwatch::parsers {

/// Where a date stands on a page: whether it can be the article's.
class DatePlaces {
 public:
  /// `prose_end`: where the article's text ends (content.hpp).
  DatePlaces(const Page& page, const CleanPage& clean, Dom::Index content, Dom::Index prose_end)
      : page_(page),
        dom_(page.dom),
        clean_(clean),
        content_(content),
        prose_end_(prose_end),
        foreign_(page.dom),
        others_(page.dom) {}

  /// Furniture that cannot date the article: what stands above the headline without holding it is
  /// the site's own (its clock among it), what stands behind the text belongs to others.
  [[nodiscard]] bool is_foreign(Dom::Index at);
  /// In a teaser, a comment or a list of other articles.
  [[nodiscard]] bool in_teaser(Dom::Index at);
  /// The same, and in a footer behind the text.
  [[nodiscard]] bool in_other_article(Dom::Index at);

 private:
  [[nodiscard]] Inherited::Value boxes_round(Dom::Index at);
  [[nodiscard]] bool is_beside_headline(Dom::Index at) const;
  [[nodiscard]] bool is_header_of_article(Dom::Index at) const;
  [[nodiscard]] bool is_named_other(Dom::Index at) const;

  const Page& page_;
  const Dom& dom_;
  const CleanPage& clean_;
  Dom::Index content_;
  Dom::Index prose_end_;
  Inherited foreign_;
  Inherited others_;
};

}  // namespace tinwatch::parsers
