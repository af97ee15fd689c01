#pragma once

#include "async/task.hpp"
#include "core/types.hpp"

#include <cstdint>

/// What is kept for a time only. Every step is a write of its own and small, so that those of the
/// crawl come between.
namespace tinwatch::storage {

class Store;

/// Deletes the raw pages that were fetched before then; returns how many. The last one of an
/// article stays, since the next is compared with it. What a revision says of its page (when, and
/// its hash) stays, so that the chain is checked as before.
Task<std::int64_t> delete_old_pages(Store& store, Instant before);

/// Deletes what was read of articles (view counts, declared dates of edits) before then; returns
/// how many. The last one of each name stays: the next is compared with it.
Task<std::int64_t> delete_old_readings(Store& store, Instant before);

/// Deletes the oldest rows of the audit list, those written before then and all but the newest
/// `most`; returns how many.
Task<std::int64_t> delete_old_audit(Store& store, Instant before, std::int64_t most);

/// Gives free pages of the database's file back to the system, but for a twentieth, which is used
/// again soon; returns how many. Nothing of a file that was made before it could be given any back.
Task<std::int64_t> give_back_space(Store& store);

}  // namespace tinwatch::storage
