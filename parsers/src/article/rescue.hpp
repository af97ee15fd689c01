#pragma once

#include "article/json_ld.hpp"
#include "core/record.hpp"

#include <string>
#include <vector>

namespace tinwatch::parsers {

/// A body that the page carries outside of its markup.
struct Rescue {
  std::vector<Block> body;  ///< paragraphs; empty: there is none, or the page shows enough
  std::string provenance;
};

/// For pages that scripts draw: JSON-LD's articleBody, else the longest text in the state that the
/// page is drawn from. Taken only where the page itself shows less than half of it (`shown`,
/// bytes): a declared body is a worse one than a printed one (F1 .75 to .90 on the benchmarks).
[[nodiscard]] Rescue rescue_body(const JsonLd& ld, const std::vector<std::string>& state,
                                 std::size_t shown);

}  // namespace tinwatch::parsers
