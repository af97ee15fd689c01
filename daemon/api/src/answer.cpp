#include "api/answer.hpp"

#include "api/envelope.hpp"
#include "api/find_article.hpp"
#include "api/parameters.hpp"
#include "core/event_json.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "evidence_json.hpp"
#include "list_reply.hpp"
#include "outbox_reply.hpp"
#include "parsers/listing.hpp"
#include "storage/error.hpp"
#include "url_json.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::api {
namespace {

namespace json = boost::json;
using storage::Reader;

/// JSON is UTF-8 (RFC 8259 section 8.1), whatever bytes a server once sent.
Reply ok(const json::value& value) { return {.body = repair_utf8(json::serialize(value)) + '\n'}; }
Reply not_found(const std::string& what) { return problem(404, "Not Found", what); }

Reply list_articles(const Reader& reader, const Request& request, const Context& context) {
  const auto filter = article_filter(request, context);
  if (!filter.source.empty() && !reader.has_source(filter.source))
    return not_found("no source '" + filter.source + "'; 'tinwatch sources list' names them");
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

Reply show_article(const Reader& reader, const storage::ArticleView& article, int number) {
  const auto revision = reader.revision(article.id, number);
  if (!revision) return not_found("the article has no revision " + std::to_string(number));
  auto reply = ok(envelope(article, *revision));
  reply.etag = '"' + article.id + '-' +
               std::to_string(article.last_checked_at.time_since_epoch().count()) + '-' +
               std::to_string(revision->number) + '"';
  return reply;
}

Reply list_revisions(const Reader& reader, const Request& request,
                     const storage::ArticleView& article) {
  auto number = static_cast<int>(integer(request, "after", 0, article.head_revision));
  const auto limit = static_cast<int>(limit_of(request));
  const auto end = number + std::min(limit, article.head_revision - number);
  ListReply list;
  while (number < end && !list.is_full()) {
    const auto revision = reader.revision(article.id, ++number);
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
}

Reply list_copies(const Reader& reader, const storage::ArticleView& article) {
  json::object out;
  auto& items = out["items"].emplace_array();
  for (const auto& copy : reader.copies(article.id)) items.push_back(copy_json(copy));
  out["next"] = nullptr;
  return ok(out);
}

Reply show_diff(const Reader& reader, const Request& request, const storage::ArticleView& article) {
  const int to = revision_number(request, "to", article.head_revision);
  const int from = revision_number(request, "from", std::max(1, to - 1));
  const auto before = reader.revision(article.id, from);
  const auto after = reader.revision(article.id, to);
  if (!before || !after)
    return not_found("the article has revisions 1 to " + std::to_string(article.head_revision));
  auto out = diff_json(*before, *after);
  out["id"] = article.id;
  out["headline"] = json::parse(after->record).as_object().at("headline");
  return ok(out);
}

Reply raw_page(const Reader& reader, const storage::ArticleView& article, int number) {
  const auto capture = reader.capture(article.id, number == 0 ? article.head_revision : number);
  if (!capture) return not_found("the raw page of this revision is no longer kept");
  // Foreign HTML is shown as text: it must not run in our origin.
  return {.content_type = "text/plain; charset=utf-8", .body = capture->body};
}

Reply about_article(const Reader& reader, const Request& request) {
  const auto& named = request.path[3];
  const auto article = find_article(reader, named);
  if (!article) return not_found(why_no_article(reader, named));
  const auto& path = request.path;
  if (path.size() == 4) return show_article(reader, *article, 0);
  if (path[4] == "diff" && path.size() == 5) return show_diff(reader, request, *article);
  if (path[4] == "raw" && path.size() == 5) return raw_page(reader, *article, 0);
  if (path[4] == "copies" && path.size() == 5) return list_copies(reader, *article);
  if (path[4] == "revisions" && path.size() == 5) return list_revisions(reader, request, *article);
  if (path[4] == "revisions" && path.size() == 6)
    return show_article(reader, *article, revision_number(path[5]));
  if (path[4] == "revisions" && path.size() == 7 && path[6] == "raw")
    return raw_page(reader, *article, revision_number(path[5]));
  return not_found("no such page");
}

Reply list_events(const Reader& reader, const Request& request, const Context& context) {
  constexpr std::int64_t most_of_the_last = 1000;
  auto after = integer(request, "after", 0);
  const auto last = integer(request, "last", 0, most_of_the_last);
  if (last > 0 && (after > 0 || !request.parameter("since").empty()))
    throw BadParameter{"last goes without after and since"};
  std::vector<Event> events;
  if (last > 0) {
    events =
        reader.stream(0, static_cast<std::size_t>(last), [](const Event&) { return true; }).events;
    std::reverse(events.begin(), events.end());
  } else {
    events = reader.events(after, time_of(request, "since", context), limit_of(request),
                           most_list_bytes);
  }
  ListReply list;
  for (const auto& event : events) {
    if (list.is_full()) break;
    list.add("event " + std::to_string(event.seq), [&] { return event_json(event); });
    after = event.seq;
  }
  return std::move(list).finish(json::value(std::to_string(after)));
}

/// Records are strings in it: JSON as it is stored, which is not read for the sake of a list.
Reply list_history(const Reader& reader, const Request& request, const Context& context) {
  const storage::HistoryFilter filter{.after = integer(request, "after", 0),
                                      .since = time_of(request, "since", context),
                                      .until = time_of(request, "until", context),
                                      .limit = limit_of(request),
                                      .most_bytes = most_list_bytes};
  ListReply list;
  const auto revisions = reader.history(filter);
  json::value next;
  for (const auto& one : revisions) {
    list.add("revision " + std::to_string(one.number) + " of article " + one.article,
             [&] { return past_revision_json(one); });
    next = std::to_string(one.row);
  }
  return std::move(list).finish(next);
}

Reply list_sources(const Reader& reader, const Context& context) {
  auto overview = overview_json(reader.overview(context.now), context.now);
  return ok(json::object{{"items", overview["sources"]}, {"next", nullptr}});
}

Reply check_file(const Reader& reader) {
  const auto faults = reader.integrity_faults();
  return ok(json::object{{"sound", faults.empty()},
                         {"faults", json::array(faults.begin(), faults.end())}});
}

Reply verify(const Reader& reader, const Request& request) {
  std::string id;
  if (const auto reference = request.parameter("article"); !reference.empty()) {
    const auto article = find_article(reader, reference);
    if (!article) return not_found(why_no_article(reader, reference));
    id = article->id;
  }
  return ok(verify_json(reader.verify(id)));
}

Reply explain(const Reader& reader, const Request& request, const Context& context) {
  const auto asked = request.parameter("url");
  const auto url = canonical_url(asked);
  if (!url) throw BadParameter{"url must be an http(s) address, not '" + asked + "'"};
  json::object out;
  auto& items = out["items"].emplace_array();
  const auto form = parsers::address_template(*url);
  const auto since = context.now - storage::votes_kept;
  for (const auto& known : reader.explain(*url)) {
    items.push_back(url_json(known, reader.host(known.host),
                             reader.learned_template(known.source, form, since), context.now));
    add_noise(reader.noise(known.source, form), items.back().as_object());
  }
  if (items.empty())
    return not_found("no list, feed or sitemap of a source has named " + *url +
                     " yet; 'tinwatch sources list' says which sources are read");
  out["next"] = nullptr;
  return ok(out);
}

/// What each resource is asked with; one that is not here takes nothing.
void allow_only_known(const Request& request, const std::string& resource) {
  if (resource == "articles" && request.path.size() == 3)
    return allow_only(request, {"source", "since", "until", "by", "after", "limit"});
  if (resource == "articles") return allow_only(request, {"from", "to", "after", "limit"});
  if (resource == "events") return allow_only(request, {"after", "since", "last", "limit"});
  if (resource == "history") return allow_only(request, {"after", "since", "until", "limit"});
  if (resource == "deliveries") return allow_only(request, {"state", "receiver", "after", "limit"});
  if (resource == "hits") return allow_only(request, {"message", "after", "limit"});
  if (resource == "explain") return allow_only(request, {"url"});
  if (resource == "verify") return allow_only(request, {"article"});
  allow_only(request, {});
}

Reply route_api(const Reader& reader, const Request& request, const Context& context,
                std::string& handler) {
  const auto& path = request.path;
  const auto resource = path.size() > 2 ? path[2] : std::string();
  const auto is = [&](const char* name, std::size_t segments) {
    return resource == name && path.size() == segments;
  };
  handler = "/api/v1/" + resource;
  allow_only_known(request, resource);
  if (is("articles", 3)) return list_articles(reader, request, context);
  if (resource == "articles") return about_article(reader, request);
  if (is("events", 3)) return list_events(reader, request, context);
  if (is("history", 3)) return list_history(reader, request, context);
  if (is("deliveries", 3)) return list_deliveries(reader, request);
  if (is("deliveries", 4)) return show_delivery(reader, path[3]);
  if (is("hits", 3)) return list_hits(reader, request);
  if (is("sources", 3)) return list_sources(reader, context);
  if (is("status", 3)) return ok(overview_json(reader.overview(context.now), context.now));
  if (is("check", 3)) return check_file(reader);
  if (is("explain", 3)) return explain(reader, request, context);
  if (is("verify", 3)) return verify(reader, request);
  handler = "other";
  return not_found("no such resource");
}

}  // namespace

Reply answer(const Reader& reader, Request request, Context context) {
  std::string handler = "other";
  Reply reply;
  try {
    if (request.path.size() >= 2 && request.path[0] == "api" && request.path[1] == "v1")
      reply = route_api(reader, request, context, handler);
    else
      reply = not_found("no such resource");
  } catch (const BadParameter& bad) {
    reply = problem(400, "Bad Request", bad.detail);
  } catch (const storage::GivenUp& late) {
    reply = problem(503, "Service Unavailable", std::string(late.what()) + "; ask for less of it");
  }
  reply.handler = handler;
  return reply;
}

}  // namespace tinwatch::api
