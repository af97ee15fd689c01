#pragma once

#include "storage/found_revision.hpp"
#include "storage/text_index.hpp"

#include <cstddef>
#include <vector>

namespace tinwatch::search {

/// What the index takes of a revision. A record that cannot be read has no words.
[[nodiscard]] storage::IndexEntry index_entry(const storage::RevisionRecord& revision);

/// The next of those that are not in the index yet, oldest first; empty: all are.
[[nodiscard]] std::vector<storage::IndexEntry> next_entries(const storage::Reader& reader,
                                                            std::size_t limit);

}  // namespace tinwatch::search
