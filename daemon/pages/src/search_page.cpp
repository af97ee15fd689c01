#include "search_page.hpp"

#include "api/parameters.hpp"
#include "api/search_reply.hpp"
#include "choices.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

#include <array>

namespace tinwatch::pages {
namespace {

constexpr std::size_t most_sentences = 3;
constexpr std::array<const char*, 8> asked_with = {"q",     "mode",  "source", "class",
                                                   "since", "until", "gone",   "sort"};

/// The sentence, and the words found in it apart.
View sentence_view(const watch::Hit& hit) {
  View out;
  const auto at = hit.sentence.find(hit.words);
  if (hit.words.empty() || at == std::string::npos) {
    out.set("before", hit.sentence.empty() ? hit.words : hit.sentence);
    return out;
  }
  out.set("before", hit.sentence.substr(0, at));
  out.set("words", hit.words);
  out.set("after", hit.sentence.substr(at + hit.words.size()));
  return out;
}

View result_view(const search::Result& result, const Manner& manner) {
  View out;
  const auto path = "/articles/" + result.article.id;
  out.set("path", path + (result.is_gone ? "?revision=" + std::to_string(result.revision) : ""));
  if (result.is_gone)
    out.set("difference", path + "/diff?from=" + std::to_string(result.revision) +
                              "&to=" + std::to_string(result.article.head_revision));
  out.set("headline", line_of(result.headline));
  if (!result.language.empty()) out.set("lang", result.language);
  out.set("source", result.article.source);
  out.set("time", time_view(result.observed_at, manner));
  if (result.article.status != ArticleStatus::live)
    out.set("status", manner.say(label(result.article.status)));
  View sentences(View::type::list);
  std::string last;
  std::size_t shown = 0;
  for (const auto& hit : result.hits) {
    if (shown == most_sentences) break;
    if (hit.sentence == last) continue;
    last = hit.sentence;
    ++shown;
    sentences << sentence_view(hit);
  }
  put_list(out, "sentences", sentences);
  return out;
}

View form_view(const storage::Reader& reader, const api::Request& request, const Manner& manner) {
  View out;
  for (const auto* name : {"q", "since", "until"}) out.set(name, request.parameter(name));
  out.set("sources", source_choices(reader, request.parameter("source"), manner));
  out.set("classes", class_choices(request.parameter("class"), manner));
  const auto sort = request.parameter("sort");
  View orders(View::type::list);
  orders << choice("newest", manner.say("by_time"), sort == "newest");
  orders << choice("relevance", manner.say("by_relevance"), sort == "relevance");
  out.set("orders", orders);
  const auto gone = request.parameter("gone");
  out.set("gone", gone == "true" || gone == "1");
  if (const auto mode = request.parameter("mode"); !mode.empty()) out.set("mode", mode);
  return out;
}

std::string asked_again(const api::Request& request, std::int64_t next) {
  std::string out;
  for (const auto* name : asked_with)
    if (const auto value = request.parameter(name); !value.empty())
      out += (out.empty() ? "?" : "&") + std::string(name) + '=' + percent_encode(value);
  if (next > 0) out += "&after=" + std::to_string(next);
  return out;
}

}  // namespace

api::Reply search_page(const storage::Reader& reader, const api::Request& request,
                       const api::Context& context, const Manner& manner) {
  auto view = form_view(reader, request, manner);
  api::Reply reply;
  search::Page page;
  try {
    if (!request.parameter("q").empty()) {
      page = search::search(reader, api::search_question(request, context));
      View results(View::type::list);
      for (const auto& result : page.results) results << result_view(result, manner);
      put_list(view, "results", results);
      view.set("json", "/api/v1/search" + asked_again(request, 0));
      const auto mode = request.parameter("mode");
      view.set("watch", "/watches?query=" + percent_encode(request.parameter("q")) +
                            "&mode=" + (mode.empty() ? "auto" : mode));
      put_time(view, "looked_back_to", page.looked_back_to, manner);
      if (page.results.empty() && !page.looked_back_to)
        view.set("none", manner.say("nothing_found"));
      if (page.next > 0) view.set("older", "/search" + asked_again(request, page.next));
      view.set("has_pages", page.next > 0 || page.looked_back_to);
    }
    reply = render("search", std::move(view), manner.say("search"), "/search", manner);
  } catch (const api::BadParameter& bad) {
    view.set("fault", bad.detail);
    reply = render("search", std::move(view), manner.say("search"), "/search", manner);
    reply.status = 400;
  }
  reply.damaged = std::move(page.damaged);
  return reply;
}

}  // namespace tinwatch::pages
