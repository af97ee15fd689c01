#pragma once

#include "html/dom.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::parsers {

inline constexpr std::size_t most_bylines = 1000;  ///< that are read of one page

/// Elements of a page that stand for an author and nothing else: `itemprop=name`, `rel=author`,
/// links to an author's page. Each is read once, however often the elements around it are asked.
class AuthorElements {
 public:
  AuthorElements(const Dom& dom, Dom::Index body) : dom_(dom), body_(body) {}

  /// The first one in [from, end) that names anybody. One inside of another counts only where
  /// `from` is inside too.
  [[nodiscard]] std::optional<Dom::Index> next(Dom::Index from, Dom::Index end);
  /// Whom it names.
  [[nodiscard]] const std::vector<std::string>& names(Dom::Index at);

 private:
  struct Element {
    Dom::Index at;
    std::size_t behind;  ///< the first one that stands behind it, or a later one that names anybody
    std::optional<std::vector<std::string>> names = std::nullopt;
  };
  void find();
  [[nodiscard]] std::size_t position(Dom::Index at) const;
  const std::vector<std::string>& read(Element& element);

  const Dom& dom_;
  Dom::Index body_;
  bool found_ = false;
  std::vector<Element> elements_;
  std::size_t read_ = 0;
};

/// Whether a link leads to a person's page: by its address, or by a portrait and a button beside
/// it.
[[nodiscard]] bool leads_to_person(const Dom& dom, Dom::Index link);

/// The text inside without the dates and counters that stand on lines of their own, its lines
/// parted by " · ".
[[nodiscard]] std::string undated_text(const Dom& dom, Dom::Index at);

}  // namespace tinwatch::parsers
