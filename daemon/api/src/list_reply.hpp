#pragma once

#include "api/damaged.hpp"
#include "api/message.hpp"
#include "storage/views.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <vector>

namespace tinwatch::api {

/// A list ends before it is longer than this, and says where it goes on.
inline constexpr std::size_t most_list_bytes = std::size_t{1} << 20U;

/// `{"items": [...], "next": ...}`, made item by item: of what stands behind the items, one at a
/// time is in memory.
class ListReply {
 public:
  /// Adds what `make` makes. An item that it cannot make (a damaged row) is left out and named.
  void add(const std::string& name, const std::function<boost::json::object()>& make);
  /// No more may be added.
  [[nodiscard]] bool is_full() const { return reply_.body.size() >= most_list_bytes; }
  /// `next`: where the list goes on; null at its end.
  [[nodiscard]] Reply finish(const boost::json::value& next) &&;

 private:
  Reply reply_;
};

/// What lists show of an article: its envelope, and of its record the fields that say which article
/// it is, without the text. Long ones are clipped.
[[nodiscard]] boost::json::object list_item(const storage::ArticleView& article,
                                            const storage::RevisionView& revision);
/// The same of a record alone.
[[nodiscard]] boost::json::object list_record(const std::string& record);

}  // namespace tinwatch::api
