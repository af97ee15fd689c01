#pragma once

#include "article/content.hpp"

#include <map>
#include <vector>

namespace tinwatch::parsers {

/// What the tables of a content are for: data, the layout of an old page, a picture and its
/// caption.
class Tables {
 public:
  Tables(const Dom& dom, Dom::Index content, const std::vector<BodyBlock>& kept)
      : dom_(dom), content_(content), kept_(kept) {}

  /// Old pages lay out with tables: a row of one cell, or of paragraphs of prose, is no data.
  [[nodiscard]] bool is_layout_row(Dom::Index row);
  /// A picture and its caption are often set as a table.
  [[nodiscard]] bool is_picture_table(Dom::Index inside);

 private:
  /// The kept blocks inside an element; they stand in document order.
  template <class Do>
  void for_kept_in(Dom::Index at, Do action) const;

  const Dom& dom_;
  Dom::Index content_;
  const std::vector<BodyBlock>& kept_;
  std::map<Dom::Index, bool> layout_rows_;     // what was found out of a <tr>
  std::map<Dom::Index, bool> picture_tables_;  // ... and of a <table>
};

}  // namespace tinwatch::parsers
