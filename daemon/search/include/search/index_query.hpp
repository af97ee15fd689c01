#pragma once

#include "storage/text_index.hpp"
#include "watch/query.hpp"

namespace tinwatch::search {

/// What every text that a query matches has at least: what the index is asked. Without steps: it
/// may match any text.
[[nodiscard]] storage::IndexQuery index_query(const watch::Query& query);

}  // namespace tinwatch::search
