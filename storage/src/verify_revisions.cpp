#include "compression.hpp"
#include "core/hash.hpp"
#include "core/time.hpp"
#include "tables.hpp"
#include "verify_parts.hpp"

#include <algorithm>

namespace tinwatch::storage {
namespace {

/// Rows of one statement; of them one response is in memory at a time.
constexpr std::int64_t page = 100;

/// A kept response: its hash as it was written, and as it is. Nothing when it cannot be unpacked.
struct Kept {
  std::string recorded;
  std::optional<std::string> found;
};

Kept kept(const sqlite::Statement& row, int first_column) {
  Kept out{.recorded = row.text(first_column)};
  try {
    out.found = sha256_hex(unpack_page(row.blob(first_column + 2), row.text(first_column + 1)));
  } catch (const std::runtime_error&) {
    // Damaged, and told as that.
  }
  return out;
}

/// Whether the bytes are those whose hash was written beside them.
bool verify_bytes(const Verification& job, const std::string& where, const Kept& response) {
  ++job.report.pages_kept;
  if (!response.found)
    job.fault(where, "its raw page cannot be unpacked");
  else if (*response.found != response.recorded)
    job.fault(where, "its raw page was changed after it was stored");
  else
    return true;
  return false;
}

/// The response behind a revision: columns 10 to 14 are capture, its row, hash, coding and body.
void verify_raw_page(const Verification& job, const std::string& where,
                     const sqlite::Statement& row, const ChainLink& link) {
  auto& report = job.report;
  if (row.is_null(10)) {
    ++report.pages_gone;
    report.newest_gone = std::max(report.newest_gone.value_or(link.observed_at), link.observed_at);
    return;
  }
  if (row.is_null(11)) {
    job.fault(where, "its raw page was deleted, and it still refers to it");
    return;
  }
  const auto response = kept(row, 12);
  if (verify_bytes(job, where, response) && response.recorded != link.raw_sha256)
    job.fault(where, "its raw page is another one than it was made of");
}

void verify_link(Verification& job, const std::string& where, const sqlite::Statement& row,
                 const ChainLink& link) {
  const auto previous = row.text(6);
  const auto hash = row.text(7);
  if (hash != link_hash(previous, link)) job.fault(where, "was changed after it was stored");
  const auto found = job.chains.find(row.integer(9));
  if (found == job.chains.end()) return;  // its source is missing, which is told
  auto& chain = found->second;
  if (previous != chain.previous) job.fault(where, "does not follow the revision before it");
  chain.previous = hash;
  ++chain.revisions;
}

}  // namespace

void verify_revisions(Verification& job) {
  std::int64_t last = 0;
  for (bool more = true; more;) {
    auto& query = job.db
                      .use(R"sql(
      SELECT r.row, r.id, r.number, r.observed_at, r.record, r.raw_sha256, r.previous_hash, r.hash,
        a.id, a.source, r.capture, c.row, c.sha256, c.coding, c.body
      FROM revisions r LEFT JOIN articles a ON a.row = r.article LEFT JOIN captures c ON c.row = r.capture
      WHERE r.row > ?1 AND r.row <= ?2 ORDER BY r.row LIMIT ?3
    )sql")
                      .bind(last, job.last_revision, page);
    more = false;
    while (query.step()) {
      more = true;
      last = query.integer(0);
      if (query.is_null(8)) {
        job.fault("revision " + query.text(1), "its article is missing");
        continue;
      }
      if (!job.covers(query.integer(9))) continue;
      const ChainLink link{.article = query.text(8),
                           .number = static_cast<int>(query.integer(2)),
                           .record = query.text(4),
                           .raw_sha256 = query.text(5),
                           .observed_at = query.instant(3)};
      const auto where = "article " + link.article + " revision " + std::to_string(link.number);
      ++job.report.revisions;
      verify_link(job, where, query, link);
      verify_raw_page(job, where, query, link);
    }
  }
  for (const auto& [row, chain] : job.chains) {
    if (chain.previous == chain.head) continue;
    job.fault("source " + chain.name,
              chain.revisions == 0
                  ? "all its revisions are missing"
                  : "the chain's end is not the recorded head: revisions are missing, or the head "
                    "was set back");
  }
}

void verify_other_captures(Verification& job) {
  std::int64_t last = 0;
  for (bool more = true; more;) {
    auto& query = job.db
                      .use(R"sql(
      SELECT c.row, c.url, c.fetched_at, c.sha256, c.coding, c.body, a.id, a.source
      FROM captures c LEFT JOIN articles a ON a.last_capture = c.row
      WHERE c.row > ?1 AND c.row <= ?2 AND NOT EXISTS (SELECT 1 FROM revisions WHERE capture = c.row)
      ORDER BY c.row LIMIT ?3
    )sql")
                      .bind(last, job.last_capture, page);
    more = false;
    while (query.step()) {
      more = true;
      last = query.integer(0);
      const auto fetched = query.text(1) + " as fetched at " + to_rfc3339(query.instant(2));
      if (query.is_null(6)) {
        if (!job.source)
          job.fault("raw page " + fetched,
                    "the revision or article that it was kept for is missing");
        continue;
      }
      if (job.covers(query.integer(7)))
        verify_bytes(job, "article " + query.text(6) + ", last page", kept(query, 3));
    }
  }
}

void verify_further_captures(Verification& job) {
  // Whose they are is told by the first page alone.
  if (job.source) return;
  std::int64_t capture = 0;
  std::int64_t number = 0;
  for (bool more = true; more;) {
    auto& query = job.db
                      .use(R"sql(
      SELECT capture, number, url, fetched_at, sha256, coding, body FROM further_captures
      WHERE capture <= ?3 AND (capture > ?1 OR (capture = ?1 AND number > ?2))
      ORDER BY capture, number LIMIT ?4
    )sql")
                      .bind(capture, number, job.last_capture, page);
    more = false;
    while (query.step()) {
      more = true;
      capture = query.integer(0);
      number = query.integer(1);
      verify_bytes(job, query.text(2) + " as fetched at " + to_rfc3339(query.instant(3)),
                   kept(query, 4));
    }
  }
}

}  // namespace tinwatch::storage
