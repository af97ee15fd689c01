#pragma once

#include "article/json_ld.hpp"
#include "core/record.hpp"
#include "page/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// A body that the page carries outside of its markup.
struct Rescue {
  std::vector<Block> body;  ///< paragraphs; empty: there is none, or the page shows enough
  std::string provenance;
};

/// What a page says outside of its markup.
struct Unprinted {
  const JsonLd& ld;
  const std::vector<std::string>& state;  ///< bodies of JSON scripts
  std::string_view html;                  ///< with all other scripts
};

/// For pages that scripts draw: JSON-LD's articleBody, else, where the page `is_told` to be an
/// article, the longest text in the state that the page is drawn from: JSON in a script of its own,
/// or handed over by one (`window.state = {...}`, `push([...])`) and naming the page. Taken only
/// where the page itself shows less than half of it (`shown`, bytes): a declared body is a worse
/// one than a printed one (F1 .75 to .90 on the benchmarks).
[[nodiscard]] Rescue rescue_body(const Page& page, const Unprinted& kept, std::size_t shown,
                                 bool is_told);

}  // namespace tinwatch::parsers
