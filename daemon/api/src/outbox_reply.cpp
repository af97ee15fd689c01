#include "api/envelope.hpp"
#include "api/parameters.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "desk_replies.hpp"
#include "list_reply.hpp"
#include "replies.hpp"

#include <boost/json.hpp>

#include <limits>

namespace tinwatch::api {
namespace {

namespace json = boost::json;
using storage::DeliveryView;

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

Reply list_of(const std::vector<DeliveryView>& deliveries, std::size_t limit) {
  return list_by_row(
      deliveries, limit, [](const auto& one) { return "delivery " + one.id; }, delivery_json);
}

}  // namespace

Reply list_deliveries(const Question& question) {
  const auto& request = question.request;
  const storage::DeliveryFilter filter{.state = request.parameter("state"),
                                       .receiver = request.parameter("receiver"),
                                       .before = integer(request, "after", 0, last_row),
                                       .limit = limit_of(request)};
  return list_of(question.reader.deliveries(filter), filter.limit);
}

Reply show_delivery(const Question& question) {
  const auto id = question.part("delivery");
  if (const auto message = question.reader.message(id)) return json_reply(message_json(*message));
  const auto delivery = question.reader.delivery(id);
  if (!delivery) return not_found("no delivery and no message '" + id + "'");
  return json_reply(delivery_json(*delivery));
}

Reply list_hits(const Question& question) {
  const auto& request = question.request;
  const auto id = request.parameter("message");
  if (id.empty()) return list_judged_hits(question);
  if (!request.parameter("verdict").empty() || !request.parameter("watch").empty())
    throw BadParameter{"message goes without verdict and watch"};
  if (!question.reader.message(id)) return not_found("no message '" + id + "'");
  const auto limit = limit_of(request);
  const auto after = integer(request, "after", 0, last_row);
  return list_of(question.reader.deliveries_of_message(id, after, limit), limit);
}

}  // namespace tinwatch::api
