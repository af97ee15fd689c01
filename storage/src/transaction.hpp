#pragma once

#include "sqlite.hpp"
#include "storage/event.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::storage {

/// An event of a transaction under way: it has no number yet.
struct PendingEvent {
  std::optional<SourceRow> source;  ///< nothing: it is of the daemon itself
  std::optional<ArticleRow> article;
  std::int64_t sequence = 0;  ///< of the article's events; 0: of no article
  int revision = 0;           ///< of the article then
  NewEvent event;
};

/// What a write works in: the connection within its transaction, and the events it brings. Those
/// are written last, when the whole group has done its work, and numbered in one piece: in the
/// order of the commits and without gaps, so that whoever reads on behind a number misses none.
class Transaction {
 public:
  explicit Transaction(sqlite::Connection& connection) : db(connection) {}

  void add(PendingEvent event) { events_.push_back(std::move(event)); }

  /// How many events there are; `roll_back_to` takes back those that came later.
  [[nodiscard]] std::size_t mark() const { return events_.size(); }
  void roll_back_to(std::size_t mark) { events_.resize(mark); }

  /// Numbers and writes the events, what they found and who is told.
  void write_events();

  sqlite::Connection& db;

 private:
  std::vector<PendingEvent> events_;
};

}  // namespace tinwatch::storage
