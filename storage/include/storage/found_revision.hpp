#pragma once

#include "storage/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::storage {

/// What is asked of a revision before its text is read.
struct RevisionPlace {
  std::string article;  ///< its id
  std::string source;   ///< its name
  int number = 0;
  Instant observed_at{};
  std::string change;  ///< JSON; `{}` of the first
};
[[nodiscard]] std::optional<RevisionPlace> revision_place(const Reader& reader, std::int64_t row);

/// A revision's text.
struct RevisionRecord {
  std::int64_t row = 0;
  std::string record;  ///< JSON
};
/// Those behind a row, oldest first, at most `limit` and a megabyte, but not before the first.
[[nodiscard]] std::vector<RevisionRecord> records_behind(const Reader& reader, std::int64_t row,
                                                         std::size_t limit);

/// A row up to which every revision was observed before `since`, and behind which none was: rows
/// rise with time, but where the machine's clock was set. Then it is one of several such rows.
[[nodiscard]] std::int64_t row_before(const Reader& reader, Instant since);

}  // namespace tinwatch::storage
