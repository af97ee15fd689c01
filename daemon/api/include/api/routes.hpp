#pragma once

#include "api/answer.hpp"
#include "api/message.hpp"
#include "core/result.hpp"
#include "core/scope.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Every path that is answered, in one table: which method it has, who may ask, with what, and who
/// answers. Routing, 404, 405, the checks of parameters, the metric's label and
/// `/api/v1/openapi.json` are made of it. A new path is a row of routes_api.cpp, routes_daemon.cpp
/// or routes_pages.cpp and its handler.
namespace tinwatch::api {

/// What may stand in a path or a query.
struct Parameter {
  enum class Kind {
    text,
    number,  ///< whole, from `least` to `most`
    time,    ///< RFC 3339, a date, `today`, or an age such as 36h
    word,    ///< one of `words`
    address  ///< http(s)
  };

  std::string_view name;   ///< of the path where the path has it in braces, else of the query
  std::string_view about;  ///< for people
  Kind kind = Kind::text;
  std::int64_t least = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::span<const std::string_view> words;
  bool is_required = false;
};

struct Route;

/// What a handler that asks the store is given.
struct Question {
  const storage::Reader& reader;
  const Request& request;
  const Context& context;
  const Route& route;

  /// What the path has for `{name}`.
  [[nodiscard]] std::string part(std::string_view name) const;
};

/// Answered from the store alone, on a reader thread. Throws BadParameter, storage::GivenUp.
using StoreHandler = Reply (*)(const Question&);
/// Answered by pages::answer from the store, with a page for people.
enum class PageHandler {
  overview,
  stream,
  stream_feed,
  articles,
  article,
  difference,
  search,
  sources,
  source,
  deliveries,
  message,
  login,
  watches,
  watch,
  hits,
  asset
};
/// Answered by the daemon itself: it reaches out, writes, or tells of itself.
enum class DaemonHandler {
  metrics,
  healthy,
  ready,
  reload,
  recheck,
  fetch,
  outbox,
  receiver_test,
  backup_made,
  log_in,
  log_out,
  token_create,
  token_revoke,
  watch_add,
  watch_change,
  watch_delete,
  watch_preview,
  snooze,
  snooze_end,
  triage,
  watch_form,
  hit_form,
  status_config,
  status_build,
  status_runtime
};
using Handler = std::variant<StoreHandler, PageHandler, DaemonHandler>;

/// A row of the table.
struct Route {
  std::string_view path;  ///< `/api/v1/articles/{article}`; `{name}` is one segment, or its begin
  std::string_view summary;
  Handler handler;
  std::optional<Scope> scope = Scope::read;  ///< what a token must allow; nothing: it needs none
  std::string_view label{};                  ///< of the metric; empty: the path
  std::string_view method = "GET";           ///< GET means HEAD too
  /// What it takes. A page takes anything: links to it are decorated by whoever passes them on.
  std::span<const Parameter> parameters{};
  std::string_view body{};    ///< schema of the JSON that it is sent; empty: no body is read
  std::string_view schema{};  ///< of the answer, under `components/schemas`; empty: it is no JSON
  std::string_view media_type = "application/json";
  bool fails_alike = false;     ///< a 5xx has the shape of a 200 too
  bool is_streamed = false;     ///< also as server-sent events, for who accepts them
  bool is_examination = false;  ///< reads the whole file: one at a time, apart from all else
  bool socket_only = false;     ///< not over TCP

  [[nodiscard]] std::string_view handler_label() const { return label.empty() ? path : label; }
  [[nodiscard]] bool is_page() const { return std::holds_alternative<PageHandler>(handler); }
};

/// The table. Of rows that fit the same path the one with more words stands first.
[[nodiscard]] std::span<const Route> routes();

/// The row that answers; its scope is known before anything is done. Otherwise how the request is
/// refused: 404 where no row has the path, 405 with `Allow` where one has it under another method.
[[nodiscard]] Result<const Route*, Reply> find_route(std::string_view method,
                                                     const std::vector<std::string>& path);

/// What the path of `request` has for `{name}` of the route; empty: the route has no such part.
[[nodiscard]] std::string path_parameter(const Route& route, const Request& request,
                                         std::string_view name);

/// 400, naming the first parameter that the route does not have, or whose value is none; nothing
/// when all are good. One without a value counts as absent.
[[nodiscard]] std::optional<Reply> bad_parameter(const Route& route, const Request& request,
                                                 const Context& context);

/// 400, naming the first key of a JSON body whose value is of another type than the row's schema
/// says. What is no JSON object, and keys that there are not, are its handler's to refuse.
[[nodiscard]] std::optional<Reply> bad_body(const Route& route, const Request& request);

}  // namespace tinwatch::api
