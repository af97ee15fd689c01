#include "pages/answer.hpp"

#include "api/find_article.hpp"
#include "api/parameters.hpp"
#include "api/routes.hpp"
#include "article_page.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "delivery_pages.hpp"
#include "difference_page.hpp"
#include "hits_page.hpp"
#include "login_page.hpp"
#include "overview_page.hpp"
#include "search_page.hpp"
#include "source_page.hpp"
#include "source_rows.hpp"
#include "storage/error.hpp"
#include "stream_feed.hpp"
#include "watches_page.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace tinwatch::pages {
namespace {

using api::Reply;
using api::Request;
using storage::Reader;

/// What a page needs besides the store.
struct Question {
  const Request& request;
  const api::Context& context;
  Manner manner;
};

Reply not_found(std::string_view what) { return api::problem(404, "Not Found", what); }

Reply list_articles(const Reader& reader, const Question& question) {
  auto filter = api::article_filter(question.request, question.context);
  filter.limit = 50;
  const auto articles = reader.articles(filter);
  std::string next;
  if (articles.size() == filter.limit) {
    next = "/articles?after=" + api::cursor_after(articles.back(), filter.by);
    if (!filter.source.empty()) next += "&source=" + percent_encode(filter.source);
  }
  return articles_page(articles, next, question.manner);
}

Reply show_article(const Reader& reader, const Question& question) {
  auto article = api::find_article(reader, question.request.path[1]);
  if (!article) return not_found(api::why_no_article(reader, question.request.path[1]));
  const int number = question.request.parameter("revision").empty()
                         ? 0
                         : api::revision_number(question.request, "revision", 1);
  const auto page = article_of(reader, std::move(*article), number);
  if (!page) return not_found("the article has no such revision");
  return article_page(*page, question.manner);
}

Reply show_difference(const Reader& reader, const Question& question) {
  const auto& request = question.request;
  const auto article = api::find_article(reader, request.path[1]);
  if (!article) return not_found(api::why_no_article(reader, question.request.path[1]));
  const int to = api::revision_number(request, "to", article->head_revision);
  const int from = api::revision_number(request, "from", std::max(1, to - 1));
  const auto before = reader.revision(article->id, from);
  const auto after = reader.revision(article->id, to);
  if (!before || !after)
    return not_found("the article has revisions 1 to " + std::to_string(article->head_revision));
  // An edit of several steps lies behind the last look before the first of them.
  const auto first = to > from + 1 ? reader.revision(article->id, from + 1) : after;
  auto view = difference_of(*article, *before, *after, first.value_or(*after));
  view.side_by_side = request.parameter("view") == "side";
  return difference_page(view, question.manner);
}

Reply show_source(const Reader& reader, const Question& question) {
  const auto source = source_of(reader, question.request.path[1], question.manner);
  if (!source) return not_found("no such source; /sources names those that there are");
  return source_page(*source, question.manner);
}

Reply list_watches(const Reader& reader, const Question& question) {
  if (!question.context.watches) return not_found("no daemon runs, which alone knows its watches");
  const WatchRoom room{*question.context.watches, question.manner,
                       question.request.parameter("after")};
  WatchAnswer first;  // a search that is to be kept begins it
  for (const auto* name : {"query", "mode"})
    if (const auto text = question.request.parameter(name); !text.empty())
      first.definition[name] = text;
  return watches_page(reader, room, first);
}

Reply show_watch(const Reader& reader, const Question& question) {
  if (!question.context.watches) return not_found("no daemon runs, which alone knows its watches");
  const WatchRoom room{*question.context.watches, question.manner, {}};
  const auto& name = question.request.path[1];
  const auto* const watch = room.list.find(name);
  if (!watch) return not_found("no watch '" + name + "'");
  return watch_page(reader, room, *watch, first_answer(*watch));
}

Reply show_message(const Reader& reader, const Question& question) {
  constexpr std::size_t rows = 200;
  constexpr auto last_row = std::numeric_limits<std::int64_t>::max();
  const auto& id = question.request.path[1];
  auto message = reader.message(id);
  if (!message) return not_found("no such message");
  MessagePageView view{.message = std::move(*message), .deliveries = {}, .next = {}};
  view.deliveries =
      reader.deliveries_of_message(id, api::integer(question.request, "after", 0, last_row), rows);
  if (view.deliveries.size() == rows)
    view.next =
        "/messages/" + percent_encode(id) + "?after=" + std::to_string(view.deliveries.back().row);
  return message_page(view, question.manner);
}

Reply asset(const Asset& asset) {
  return {
      .content_type = asset.content_type, .body = std::string(asset.body), .is_immutable = true};
}

Reply route(const Reader& reader, const Question& question, api::PageHandler handler) {
  using api::PageHandler;
  const auto& manner = question.manner;
  switch (handler) {
    case PageHandler::overview: return overview_page(overview_of(reader, manner.now), manner);
    case PageHandler::stream: return stream_page(reader, stream_filter(question.request), manner);
    case PageHandler::stream_feed:
      return stream_feed(reader, stream_filter(question.request), manner,
                         question.context.external_url);
    case PageHandler::articles: return list_articles(reader, question);
    case PageHandler::article: return show_article(reader, question);
    case PageHandler::difference: return show_difference(reader, question);
    case PageHandler::search:
      return search_page(reader, question.request, question.context, manner);
    case PageHandler::sources: return sources_page(reader, manner);
    case PageHandler::source: return show_source(reader, question);
    case PageHandler::deliveries: return deliveries_page(reader, manner);
    case PageHandler::message: return show_message(reader, question);
    case PageHandler::login: return login_form(question.request, manner);
    case PageHandler::watches: return list_watches(reader, question);
    case PageHandler::watch: return show_watch(reader, question);
    case PageHandler::hits:
      return hits_page(reader, hits_room(question.request), question.context.watches.get(), manner);
    case PageHandler::asset:
      for (const auto* one : {&style(), &script()})
        if (one->path == "/assets/" + question.request.path[1]) return asset(*one);
      return not_found("no such file");
  }
  return not_found("no such page");
}

}  // namespace

Reply answer(const Reader& reader, Request request, api::Context context) {
  const Question question{request, context, manner_of(request, context)};
  const auto found = api::find_route(request.method, request.path);
  if (!found) return fault_page(request, found.error());
  const auto* const handler = std::get_if<api::PageHandler>(&(*found)->handler);
  if (!handler) return fault_page(request, not_found("no such page"));
  Reply reply;
  try {
    reply = route(reader, question, *handler);
  } catch (const api::BadParameter& bad) {
    reply = api::problem(400, "Bad Request", bad.detail);
  } catch (const storage::GivenUp& late) {
    reply = api::problem(503, "Service Unavailable", late.what());
  }
  reply.handler = (*found)->handler_label();
  return fault_page(request, std::move(reply));
}

Reply fault_page(const Request& request, Reply problem) {
  const bool is_fault = problem.content_type == "application/problem+json";
  if (!is_fault || request.accept.find("text/html") == std::string::npos) return problem;
  const auto manner = manner_of(request, {});
  constexpr std::array named{400, 401, 403, 404, 429, 503};
  const bool is_named = std::find(named.begin(), named.end(), problem.status) != named.end();
  const auto& heading = manner.say("fault_" + std::to_string(is_named ? problem.status : 500));
  View view;
  view.set("heading", heading);
  const auto detail = boost::json::parse(problem.body).as_object();
  if (const auto* text = detail.if_contains("detail"))
    view.set("detail", line_of(std::string_view(text->as_string())));
  auto page = render("fault", view, heading, "", manner);
  page.status = problem.status;
  page.allow = problem.allow;
  page.retry_after = problem.retry_after;
  page.challenge = problem.challenge;
  page.handler = problem.handler;
  page.damaged = std::move(problem.damaged);
  return page;
}

}  // namespace tinwatch::pages
