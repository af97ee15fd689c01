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

/// A list by rows, newest first, and where it goes on, if the limit was reached. `name`: what an
/// item is called where it is damaged; `shape`: its JSON.
template <class Item, class Name, class Shape>
Reply list_by_row(const std::vector<Item>& items, std::size_t limit, const Name& name,
                  const Shape& shape) {
  ListReply list;
  boost::json::value next;
  std::size_t shown = 0;
  for (; shown < items.size() && !list.is_full(); ++shown)
    list.add(name(items[shown]), [&] { return shape(items[shown]); });
  if (shown > 0 && (shown < items.size() || shown == limit))
    next = std::to_string(items[shown - 1].row);
  return std::move(list).finish(next);
}

/// What lists show of an article: its envelope, and of its record the fields that say which article
/// it is, without the text. Long ones are clipped.
[[nodiscard]] boost::json::object list_item(const storage::ArticleView& article,
                                            const storage::RevisionView& revision);
/// The same of a record alone.
[[nodiscard]] boost::json::object list_record(const std::string& record);

}  // namespace tinwatch::api
