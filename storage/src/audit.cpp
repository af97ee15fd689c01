#include "storage/audit.hpp"

#include "core/text.hpp"
#include "reader_impl.hpp"
#include "transaction.hpp"

#include <limits>

namespace tinwatch::storage {
namespace {

constexpr std::size_t longest_detail = 4096;  // bytes

}  // namespace

std::int64_t append_audit(Transaction& transaction, const AuditEntry& entry) {
  return transaction.db
      .use(
          "INSERT INTO audit (at, who, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5) "
          "RETURNING row")
      .bind(entry.at, entry.who, entry.action, entry.subject, clipped(entry.detail, longest_detail))
      .number()
      .value();
}

std::vector<AuditView> audit(const Reader& reader, std::int64_t before, std::size_t limit) {
  constexpr auto last_row = std::numeric_limits<std::int64_t>::max();
  auto& query =
      reader.impl()
          .db
          .use(
              "SELECT a.row, a.at, a.who, a.action, a.subject, a.detail FROM audit a WHERE a.row "
              "< ?1 ORDER BY a.row DESC LIMIT ?2")
          .bind(before == 0 ? last_row : before, static_cast<std::int64_t>(limit));
  std::vector<AuditView> out;
  out.reserve(limit);
  while (query.step())
    out.push_back({.row = query.integer(0),
                   .entry = {.at = query.instant(1),
                             .who = query.text(2),
                             .action = query.text(3),
                             .subject = query.text(4),
                             .detail = query.text(5)}});
  query.reset();
  return out;
}

}  // namespace tinwatch::storage
