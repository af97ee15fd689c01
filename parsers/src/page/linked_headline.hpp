#pragma once

#include "page/page.hpp"

#include <string>

namespace tinwatch::parsers {

/// Whether a box or a line is opened by the headline of another article of the site: a link of some
/// length on a line of its own, with nothing before it but a date and nothing beside it but one.
class LinkedHeadlines {
 public:
  explicit LinkedHeadlines(const Page& page) : page_(page), dom_(page.dom) {}

  [[nodiscard]] bool open(Dom::Index box);

 private:
  [[nodiscard]] bool leads_to_site(Dom::Index link);

  const Page& page_;
  const Dom& dom_;
  std::string own_;  // the page's domain, once it is asked for
};

}  // namespace tinwatch::parsers
