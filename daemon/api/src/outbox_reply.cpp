#include "outbox_reply.hpp"

#include "api/envelope.hpp"
#include "api/parameters.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "list_reply.hpp"

#include <boost/json.hpp>

#include <limits>

namespace tinwatch::api {
namespace {

namespace json = boost::json;
using storage::DeliveryView;
using storage::Reader;

constexpr auto last_row = std::numeric_limits<std::int64_t>::max();

json::object message_json(const storage::MessageView& message) {
  json::object out{{"id", message.id},
                   {"receiver", message.receiver},
                   {"state", label(message.state)},
                   {"attempts", message.attempts},
                   {"createdAt", to_rfc3339(message.created_at)},
                   {"deliveries", message.deliveries},
                   {"title", message.title}};
  if (!message.recipient.empty()) out["recipient"] = message.recipient;
  if (message.state == storage::DeliveryState::pending) out["nextAt"] = to_rfc3339(message.next_at);
  if (message.delivered_at) out["deliveredAt"] = to_rfc3339(*message.delivered_at);
  if (!message.last_error.empty()) out["lastError"] = message.last_error;
  out["body"] = repair_utf8(message.body);
  return out;
}

/// `items` of a list, and where it goes on: behind the last one's row, if the limit was reached.
Reply list_of(const std::vector<DeliveryView>& deliveries, std::size_t limit) {
  ListReply list;
  json::value next;
  std::size_t shown = 0;
  for (; shown < deliveries.size() && !list.is_full(); ++shown)
    list.add("delivery " + deliveries[shown].id, [&] { return delivery_json(deliveries[shown]); });
  if (shown > 0 && (shown < deliveries.size() || shown == limit))
    next = std::to_string(deliveries[shown - 1].row);
  return std::move(list).finish(next);
}

}  // namespace

Reply list_deliveries(const Reader& reader, const Request& request) {
  storage::DeliveryFilter filter{.state = request.parameter("state"),
                                 .receiver = request.parameter("receiver"),
                                 .before = integer(request, "after", 0, last_row),
                                 .limit = limit_of(request)};
  if (!filter.state.empty() && !storage::delivery_state_from(filter.state))
    throw BadParameter{"state '" + filter.state +
                       "' is none of pending, written, snoozed, delivered, dead, settled, "
                       "superseded, dropped"};
  return list_of(reader.deliveries(filter), filter.limit);
}

Reply show_delivery(const Reader& reader, const std::string& id) {
  const auto message = reader.message(id);
  if (message) return {.body = json::serialize(message_json(*message)) + '\n'};
  const auto delivery = reader.delivery(id);
  if (!delivery) return problem(404, "Not Found", "no delivery and no message '" + id + "'");
  return {.body = repair_utf8(json::serialize(delivery_json(*delivery))) + '\n'};
}

Reply list_hits(const Reader& reader, const Request& request) {
  const auto id = request.parameter("message");
  if (id.empty()) throw BadParameter{"message must be the id of a message"};
  if (!reader.message(id)) return problem(404, "Not Found", "no message '" + id + "'");
  const auto limit = limit_of(request);
  return list_of(reader.deliveries_of_message(id, integer(request, "after", 0, last_row), limit),
                 limit);
}

}  // namespace tinwatch::api
