#include "api/answer.hpp"

#include "api/parameters.hpp"
#include "api/routes.hpp"
#include "replies.hpp"
#include "storage/error.hpp"

#include <utility>

namespace tinwatch::api {

std::optional<Reply> unknown_source(const storage::Reader& reader, const std::string& name) {
  if (name.empty() || reader.has_source(name)) return std::nullopt;
  return not_found("no source '" + name + "'; 'tinwatch sources list' names them");
}

Reply not_found(const std::string& what) { return problem(404, "Not Found", what); }

Reply answer(const storage::Reader& reader, Request request, Context context) {
  const auto route = find_route(request.method, request.path);
  if (!route) return route.error();
  if (!std::holds_alternative<StoreHandler>((*route)->handler))
    return not_found("only a running daemon answers this");
  if (auto refusal = bad_parameter(**route, request, context)) return std::move(*refusal);
  return answer_row(reader, *route, std::move(request), std::move(context));
}

Reply answer_row(const storage::Reader& reader, const Route* route, Request request,
                 Context context) {
  Reply reply;
  try {
    reply = std::get<StoreHandler>(route->handler)({reader, request, context, *route});
  } catch (const BadParameter& bad) {
    reply = problem(400, "Bad Request", bad.detail);
  } catch (const storage::GivenUp& late) {
    reply = problem(503, "Service Unavailable", std::string(late.what()) + "; ask for less of it");
  }
  reply.handler = route->handler_label();
  return reply;
}

}  // namespace tinwatch::api
