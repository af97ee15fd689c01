#include "api/answer.hpp"

#include "api/parameters.hpp"
#include "api/routes.hpp"
#include "core/text.hpp"
#include "replies.hpp"
#include "storage/error.hpp"

#include <boost/json.hpp>

namespace tinwatch::api {

/// JSON is UTF-8 (RFC 8259 section 8.1), whatever bytes a server once sent.
Reply json_reply(const boost::json::value& value) {
  return {.body = repair_utf8(boost::json::serialize(value)) + '\n'};
}

Reply not_found(const std::string& what) { return problem(404, "Not Found", what); }

Reply answer(const storage::Reader& reader, Request request, Context context) {
  const auto found = find_route(request.method, request.path);
  if (!found) return found.error();
  const auto& route = **found;
  const auto* const handler = std::get_if<StoreHandler>(&route.handler);
  if (!handler) return not_found("only a running daemon answers this");
  if (auto refusal = bad_parameter(route, request, context)) return std::move(*refusal);
  Reply reply;
  try {
    reply = (*handler)({reader, request, context, route});
  } catch (const BadParameter& bad) {
    reply = problem(400, "Bad Request", bad.detail);
  } catch (const storage::GivenUp& late) {
    reply = problem(503, "Service Unavailable", std::string(late.what()) + "; ask for less of it");
  }
  reply.handler = route.handler_label();
  return reply;
}

}  // namespace tinwatch::api
