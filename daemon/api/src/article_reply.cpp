#include "api/envelope.hpp"
#include "api/find_article.hpp"
#include "api/parameters.hpp"
#include "api/search_reply.hpp"
#include "list_reply.hpp"
#include "replies.hpp"

#include <boost/json.hpp>

#include <algorithm>

/// Articles, and what is known of one.
namespace tinwatch::api {
namespace {

namespace json = boost::json;
using storage::ArticleView;

/// The number of a revision in the path; 0: it has none.
int revision_in_path(const Question& question) {
  const auto text = question.part("number");
  return text.empty() ? 0 : static_cast<int>(number_of("number", text, 1, most_revisions));
}

/// What `make` answers about the article that the path names; 404 when there is none.
template <class Make>
Reply about_article(const Question& question, Make make) {
  const auto named = question.part("article");
  const auto article = find_article(question.reader, named);
  if (!article) return not_found(why_no_article(question.reader, named));
  return make(*article);
}

}  // namespace

Reply list_articles(const Question& question) {
  const auto& reader = question.reader;
  const auto filter = article_filter(question.request, question.context);
  if (auto refusal = unknown_source(reader, filter.source)) return std::move(*refusal);
  const auto articles = reader.articles(filter);
  ListReply list;
  std::size_t shown = 0;
  for (; shown < articles.size() && !list.is_full(); ++shown) {
    const auto& article = articles[shown];
    if (const auto revision = reader.revision(article.id, 0))
      list.add("article " + article.id, [&] { return list_item(article, *revision); });
  }
  json::value next;
  if (shown < articles.size() || shown == filter.limit)
    next = cursor_after(articles[shown - 1], filter.by);
  return std::move(list).finish(next);
}

Reply show_article(const Question& question) {
  return about_article(question, [&](const ArticleView& article) {
    const int number = revision_in_path(question);
    const auto revision = question.reader.revision(article.id, number);
    if (!revision) return not_found("the article has no revision " + std::to_string(number));
    auto reply = json_reply(envelope(article, *revision));
    reply.etag = '"' + article.id + '-' +
                 std::to_string(article.last_checked_at.time_since_epoch().count()) + '-' +
                 std::to_string(revision->number) + '"';
    return reply;
  });
}

Reply list_revisions(const Question& question) {
  return about_article(question, [&](const ArticleView& article) {
    const auto& request = question.request;
    auto number = static_cast<int>(integer(request, "after", 0, article.head_revision));
    const auto limit = static_cast<int>(limit_of(request));
    const auto end = number + std::min(limit, article.head_revision - number);
    ListReply list;
    while (number < end && !list.is_full()) {
      const auto revision = question.reader.revision(article.id, ++number);
      if (!revision) continue;
      list.add("revision " + std::to_string(number) + " of article " + article.id, [&] {
        auto item = revision_json(*revision);
        item["article"] = list_record(revision->record);
        return item;
      });
    }
    json::value next;
    if (number < article.head_revision) next = std::to_string(number);
    return std::move(list).finish(next);
  });
}

Reply list_copies(const Question& question) {
  return about_article(question, [&](const ArticleView& article) {
    json::object out;
    auto& items = out["items"].emplace_array();
    for (const auto& copy : question.reader.copies(article.id)) items.push_back(copy_json(copy));
    out["next"] = nullptr;
    return json_reply(out);
  });
}

Reply show_diff(const Question& question) {
  return about_article(question, [&](const ArticleView& article) {
    const int to = revision_number(question.request, "to", article.head_revision);
    const int from = revision_number(question.request, "from", std::max(1, to - 1));
    const auto before = question.reader.revision(article.id, from);
    const auto after = question.reader.revision(article.id, to);
    if (!before || !after)
      return not_found("the article has revisions 1 to " + std::to_string(article.head_revision));
    auto out = diff_json(*before, *after);
    out["id"] = article.id;
    out["headline"] = json::parse(after->record).as_object().at("headline");
    return json_reply(out);
  });
}

Reply raw_page(const Question& question) {
  return about_article(question, [&](const ArticleView& article) {
    const int number = revision_in_path(question);
    auto capture =
        question.reader.capture(article.id, number == 0 ? article.head_revision : number);
    if (!capture) return not_found("the raw page of this revision is no longer kept");
    return Reply{.content_type = "text/plain; charset=utf-8", .body = std::move(capture->body)};
  });
}

Reply search_articles(const Question& question) {
  return search_reply(question.reader, question.request, question.context);
}

}  // namespace tinwatch::api
