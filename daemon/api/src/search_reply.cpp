#include "api/search_reply.hpp"

#include "api/parameters.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "list_reply.hpp"
#include "replies.hpp"

#include <boost/json.hpp>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

constexpr std::size_t most_hits = 3;
constexpr std::size_t longest_sentence = 600;  // bytes

std::shared_ptr<const watch::Query> query_of(const Request& request, const Context& context) {
  const auto text = request.parameter("q");
  if (text.empty()) throw BadParameter{"q, what is looked for, is missing"};
  const auto mode = watch::mode_from(request.query.contains("mode") ? request.parameter("mode")
                                                                    : std::string("auto"));
  if (!mode) throw BadParameter{"mode must be exact, tone, fold or auto"};
  auto query = watch::Query::parse(text, {.mode = *mode, .aliases = context.aliases});
  if (!query) throw BadParameter{"q: " + query.error().text()};
  if (query->asks_of_an_edit())
    throw BadParameter{
        "q asks of an edit (added, removed, significance, event or class): texts are "
        "searched, and the parameter class takes the class of an edit"};
  return std::make_shared<const watch::Query>(std::move(*query));
}

bool flag(const Request& request, const std::string& name) {
  const auto text = request.parameter(name);
  if (text.empty() || text == "false" || text == "0") return false;
  if (text == "true" || text == "1") return true;
  throw BadParameter{name + " must be true or false, not '" + text + "'"};
}

json::object result_json(const search::Result& result) {
  json::object out{{"id", result.article.id},
                   {"source", result.article.source},
                   {"status", label(result.article.status)},
                   {"url", result.url},
                   {"headline", clip(result.headline, longest_sentence)},
                   {"revision", result.revision},
                   {"headRevision", result.article.head_revision},
                   {"observedAt", to_rfc3339(result.observed_at)},
                   {"gone", result.is_gone}};
  if (!result.language.empty()) out["inLanguage"] = result.language;
  if (result.article.published_at) out["publishedAt"] = to_rfc3339(*result.article.published_at);
  auto& hits = out["hits"].emplace_array();
  for (const auto& hit : result.hits) {
    if (hits.size() == most_hits) break;
    hits.push_back(json::object{{"field", hit.field},
                                {"offset", hit.offset},
                                {"words", clip(hit.words, longest_sentence)},
                                {"sentence", clip(hit.sentence, longest_sentence)}});
  }
  return out;
}

}  // namespace

search::Question search_question(const Request& request, const Context& context) {
  search::Question out{.query = query_of(request, context),
                       .source = request.parameter("source"),
                       .change_class = request.parameter("class"),
                       .since = time_of(request, "since", context),
                       .until = time_of(request, "until", context),
                       .only_gone = flag(request, "gone"),
                       .before = integer(request, "after", 0)};
  if (!out.change_class.empty() && !change_class_from(out.change_class))
    throw BadParameter{"there is no class of edits '" + out.change_class + "'"};
  if (const auto order = request.parameter("sort"); order == "relevance")
    out.order = search::Order::relevance;
  else if (!order.empty() && order != "newest")
    throw BadParameter{"sort must be newest or relevance, not '" + order + "'"};
  out.limit = limit_of(request, 20);
  return out;
}

Reply search_reply(const storage::Reader& reader, const Request& request, const Context& context) {
  const auto question = search_question(request, context);
  if (auto refusal = unknown_source(reader, question.source)) return std::move(*refusal);
  auto page = search::search(reader, question);
  ListReply list;
  auto next = page.next;
  std::size_t shown = 0;
  for (; shown < page.results.size() && !list.is_full(); ++shown) {
    const auto& result = page.results[shown];
    list.add("article " + result.article.id, [&] { return result_json(result); });
  }
  const bool is_cut = shown > 0 && shown < page.results.size();
  if (is_cut && question.order == search::Order::newest) next = page.results[shown - 1].row;
  json::value cursor;
  if (next > 0) cursor = std::to_string(next);
  auto reply = std::move(list).finish(cursor);
  for (auto& name : page.damaged) reply.damaged.push_back(std::move(name));
  return reply;
}

}  // namespace tinwatch::api
