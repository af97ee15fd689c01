#include "route_parameters.hpp"
#include "route_rows.hpp"

#include <array>

namespace tinwatch::api {
namespace {

constexpr Route page(std::string_view path, PageHandler handler, std::string_view summary,
                     std::string_view label = {}) {
  return {.path = path,
          .summary = summary,
          .handler = handler,
          .label = label,
          .media_type = "text/html; charset=utf-8"};
}

constexpr std::array table{
    page("/", PageHandler::overview, "What needs a look"),
    page("/stream", PageHandler::stream, "What happened, newest first"),
    Route{.path = "/stream.atom",
          .summary = "The same as a feed",
          .handler = PageHandler::stream_feed,
          .scope = Scope::feed,
          .media_type = "application/atom+xml; charset=utf-8"},
    page("/articles", PageHandler::articles, "Articles"),
    page("/articles/{article}", PageHandler::article, "An article", "/articles"),
    page("/articles/{article}/diff", PageHandler::difference, "A difference", "/articles/diff"),
    page("/search", PageHandler::search, "What was ever printed"),
    page("/sources", PageHandler::sources, "Sources"),
    page("/sources/{source}", PageHandler::source, "A source", "/sources"),
    page("/deliveries", PageHandler::deliveries, "Deliveries"),
    page("/messages/{message}", PageHandler::message, "A message", "/messages"),
    Route{.path = "/login",
          .summary = "Where a browser logs in",
          .handler = PageHandler::login,
          .scope = std::nullopt,
          .media_type = "text/html; charset=utf-8"},
    Route{.path = "/login",
          .summary = "Logs a browser in with a token",
          .handler = DaemonHandler::log_in,
          .scope = std::nullopt,
          .method = "POST",
          .media_type = "text/html; charset=utf-8"},
    Route{.path = "/logout",
          .summary = "Logs a browser out",
          .handler = DaemonHandler::log_out,
          .scope = std::nullopt,
          .method = "POST",
          .media_type = "text/html; charset=utf-8"},
    page("/watches", PageHandler::watches, "Watches, and a form for a new one"),
    page("/watches/{watch}", PageHandler::watch, "A watch", "/watches"),
    page("/hits", PageHandler::hits, "What watches found, to be judged"),
    Route{.path = "/watches",
          .summary = "The form of a new watch: previews or makes it",
          .handler = DaemonHandler::watch_form,
          .scope = Scope::watch,
          .method = "POST",
          .media_type = "text/html; charset=utf-8"},
    Route{.path = "/watches/{watch}",
          .summary = "The forms of a watch: previews, changes, deletes, snoozes or wakes it",
          .handler = DaemonHandler::watch_form,
          .scope = Scope::watch,
          .label = "/watches",
          .method = "POST",
          .parameters = of_watch,
          .media_type = "text/html; charset=utf-8"},
    Route{.path = "/hits",
          .summary = "The form of hits: judges the chosen ones",
          .handler = DaemonHandler::hit_form,
          .scope = Scope::watch,
          .method = "POST",
          .media_type = "text/html; charset=utf-8"},
    Route{.path = "/assets/{file}",
          .summary = "Style and script",
          .handler = PageHandler::asset,
          .scope = std::nullopt,
          .label = "/assets",
          .media_type = "text/css; charset=utf-8"}};

}  // namespace

std::span<const Route> page_routes() { return table; }

}  // namespace tinwatch::api
