#pragma once

#include "visit.hpp"

namespace tinwatch::crawl {

struct ListSighting;

/// One look at a list: fetch, read, record what it leads to.
class ListVisit : public Visit {
 public:
  using Visit::Visit;

  /// A failure of the network or of the page is written too; only the store's own is thrown.
  Task<> run();

 private:
  Task<> look();
  /// Of an answer with a page: whether it is read, or known by its bytes. False: it cannot be read,
  /// which is written.
  Task<bool> read(fetchers::FetchResponse response, ListSighting& sighting, bool may_bring_lists);
};

}  // namespace tinwatch::crawl
