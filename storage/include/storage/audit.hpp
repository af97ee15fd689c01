#pragma once

#include "core/types.hpp"
#include "storage/reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Who changed what by hand, and when.
namespace tinwatch::storage {

class Transaction;

/// What somebody did.
struct AuditEntry {
  Instant at{};
  std::string who;      ///< a token's name, or the name that a proxy gave; empty: this machine's
  std::string action;   ///< such as `watch.changed`
  std::string subject;  ///< what was changed: a name or an id
  std::string detail;   ///< for people; never a secret; written up to 4 KiB
};

/// The same, with its place in the list.
struct AuditView {
  std::int64_t row = 0;  ///< rises with time: the cursor
  AuditEntry entry;
};

/// Written with the change it is about; answers its row.
std::int64_t append_audit(Transaction& transaction, const AuditEntry& entry);

/// Newest first; `before`: a row, 0: from the newest on.
[[nodiscard]] std::vector<AuditView> audit(const Reader& reader, std::int64_t before,
                                           std::size_t limit);

}  // namespace tinwatch::storage
