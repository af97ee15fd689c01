#include "pages/answer.hpp"

#include "api/find_article.hpp"
#include "api/parameters.hpp"
#include "article_page.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "delivery_pages.hpp"
#include "difference_page.hpp"
#include "overview_page.hpp"
#include "source_rows.hpp"
#include "storage/error.hpp"
#include "stream_feed.hpp"

#include <boost/json.hpp>

#include <algorithm>
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

Reply route(const Reader& reader, const Question& question, std::string& handler) {
  const auto& path = question.request.path;
  const auto room = path.empty() ? std::string() : path[0];
  handler = '/' + room;
  if (path.empty()) return overview_page(overview_of(reader, question.manner.now), question.manner);
  if (path.size() == 1 && room == "stream")
    return stream_page(reader, stream_filter(question.request), question.manner);
  if (path.size() == 1 && room == "stream.atom")
    return stream_feed(reader, stream_filter(question.request), question.manner,
                       question.context.external_url);
  if (path.size() == 1 && room == "articles") return list_articles(reader, question);
  if (path.size() == 1 && room == "sources") return sources_page(reader, question.manner);
  if (path.size() == 1 && room == "deliveries") return deliveries_page(reader, question.manner);
  if (path.size() == 2 && room == "articles") return show_article(reader, question);
  if (path.size() == 2 && room == "messages") return show_message(reader, question);
  if (path.size() == 2 && room == "assets")
    for (const auto* one : {&style(), &script()})
      if (one->path == "/assets/" + path[1]) return asset(*one);
  if (path.size() == 3 && room == "articles" && path[2] == "diff") {
    handler = "/articles/diff";
    return show_difference(reader, question);
  }
  handler = "other";
  return not_found("no such page");
}

}  // namespace

Reply answer(const Reader& reader, Request request, api::Context context) {
  const Question question{request, context, manner_of(request, context)};
  std::string handler = "other";
  Reply reply;
  try {
    reply = route(reader, question, handler);
  } catch (const api::BadParameter& bad) {
    reply = api::problem(400, "Bad Request", bad.detail);
  } catch (const storage::GivenUp& late) {
    reply = api::problem(503, "Service Unavailable", late.what());
  }
  reply.handler = handler;
  return fault_page(request, std::move(reply));
}

Reply fault_page(const Request& request, Reply problem) {
  const bool is_fault = problem.content_type == "application/problem+json";
  if (!is_fault || request.accept.find("text/html") == std::string::npos) return problem;
  const auto manner = manner_of(request, {});
  const auto name = "fault_" + std::to_string(problem.status);
  const auto& heading = manner.say(problem.status == 400 || problem.status == 403 ||
                                           problem.status == 404 || problem.status == 503
                                       ? name
                                       : "fault_500");
  View view;
  view.set("heading", heading);
  const auto detail = boost::json::parse(problem.body).as_object();
  if (const auto* text = detail.if_contains("detail"))
    view.set("detail", line_of(std::string_view(text->as_string())));
  auto page = render("fault", view, heading, "", manner);
  page.status = problem.status;
  page.allow = problem.allow;
  page.retry_after = problem.retry_after;
  page.handler = problem.handler;
  page.damaged = std::move(problem.damaged);
  return page;
}

}  // namespace tinwatch::pages
