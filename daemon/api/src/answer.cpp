#include "api/answer.hpp"

#include "api/envelope.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "core/uuid.hpp"
#include "pages.hpp"
#include "url_json.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>

namespace tinwatch::api {
namespace {

namespace json = boost::json;
using storage::Reader;

constexpr std::size_t most_items = 1000;

/// A parameter that cannot be read; becomes a 400.
struct BadParameter {
  std::string detail;
};

Reply ok(const json::value& value) { return {.body = json::serialize(value) + '\n'}; }
Reply not_found(const std::string& what) { return problem(404, "Not Found", what); }

std::int64_t integer(const Request& request, const std::string& name, std::int64_t fallback) {
  const auto text = request.parameter(name);
  if (text.empty()) return fallback;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0)
    throw BadParameter{name + " must be a whole number, not '" + text + "'"};
  return value;
}

std::size_t limit_of(const Request& request) {
  const auto limit = integer(request, "limit", 100);
  if (limit < 1 || static_cast<std::size_t>(limit) > most_items)
    throw BadParameter{"limit must be 1 to 1000"};
  return static_cast<std::size_t>(limit);
}

std::optional<Instant> time_of(const Request& request, const std::string& name,
                               const Context& context) {
  const auto text = request.parameter(name);
  if (text.empty()) return std::nullopt;
  const auto at = parse_time_argument(text, context.now, context.utc_offset);
  if (!at)
    throw BadParameter{name + " must be RFC 3339, a date, 'today' or an age such as 36h, not '" +
                       text + "'"};
  return at;
}

storage::ArticleOrder order_of(const Request& request) {
  const auto by = request.parameter("by");
  if (by.empty() || by == "seen") return storage::ArticleOrder::seen;
  if (by == "published") return storage::ArticleOrder::published;
  if (by == "changed") return storage::ArticleOrder::changed;
  throw BadParameter{"by must be published, seen or changed, not '" + by + "'"};
}

Instant key_of(const storage::ArticleView& article, storage::ArticleOrder order) {
  switch (order) {
    case storage::ArticleOrder::published: return article.published_at.value_or(Instant{});
    case storage::ArticleOrder::seen: return article.first_seen_at;
    case storage::ArticleOrder::changed: return article.last_changed_at;
  }
  return article.first_seen_at;
}

/// The keyset cursor `MILLISECONDS-ROW`; opaque to whoever gets it.
std::optional<std::pair<Instant, std::int64_t>> cursor_of(const Request& request) {
  const auto text = request.parameter("after");
  if (text.empty()) return std::nullopt;
  std::int64_t at = 0;
  std::int64_t row = 0;
  const auto* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, at);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '_')
    throw BadParameter{"after is not a cursor of this list"};
  const auto second = std::from_chars(first.ptr + 1, end, row);
  if (second.ec != std::errc{} || second.ptr != end)
    throw BadParameter{"after is not a cursor of this list"};
  return std::pair{Instant(Duration(at)), row};
}

Reply list_articles(const Reader& reader, const Request& request, const Context& context) {
  const storage::ArticleFilter filter{.source = request.parameter("source"),
                                      .since = time_of(request, "since", context),
                                      .until = time_of(request, "until", context),
                                      .by = order_of(request),
                                      .limit = limit_of(request),
                                      .before = cursor_of(request)};
  const auto articles = reader.articles(filter);
  json::object out;
  auto& items = out["items"].emplace_array();
  for (const auto& article : articles)
    if (const auto revision = reader.revision(article.id, 0))
      items.push_back(envelope(article, *revision));
  out["next"] = nullptr;
  if (articles.size() == filter.limit) {
    const auto& last = articles.back();
    out["next"] = std::to_string(key_of(last, filter.by).time_since_epoch().count()) + '_' +
                  std::to_string(last.row);
  }
  return ok(out);
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

Reply list_revisions(const Reader& reader, const storage::ArticleView& article) {
  json::object out;
  auto& items = out["items"].emplace_array();
  for (const auto& revision : reader.revisions(article.id)) {
    auto item = revision_json(revision);
    item["article"] = json::parse(revision.record);
    items.push_back(std::move(item));
  }
  out["next"] = nullptr;
  return ok(out);
}

Reply list_copies(const Reader& reader, const storage::ArticleView& article) {
  json::object out;
  auto& items = out["items"].emplace_array();
  for (const auto& copy : reader.copies(article.id)) items.push_back(copy_json(copy));
  out["next"] = nullptr;
  return ok(out);
}

Reply show_diff(const Reader& reader, const Request& request, const storage::ArticleView& article) {
  const auto to = static_cast<int>(integer(request, "to", article.head_revision));
  const auto from = static_cast<int>(integer(request, "from", std::max(1, to - 1)));
  const auto before = reader.revision(article.id, from);
  const auto after = reader.revision(article.id, to);
  if (!before || !after || from == 0 || to == 0)
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
  const auto article = reader.article(request.path[3]);
  if (!article)
    return not_found("no article '" + request.path[3] +
                     "': an id, a unique prefix of one (4 characters or more), or a URL");
  const auto& path = request.path;
  const auto number = [&](std::size_t at) {
    int value = 0;
    const auto [end, error] =
        std::from_chars(path[at].data(), path[at].data() + path[at].size(), value);
    if (error != std::errc{} || end != path[at].data() + path[at].size() || value < 1)
      throw BadParameter{"a revision is a number from 1"};
    return value;
  };
  if (path.size() == 4) return show_article(reader, *article, 0);
  if (path[4] == "diff" && path.size() == 5) return show_diff(reader, request, *article);
  if (path[4] == "raw" && path.size() == 5) return raw_page(reader, *article, 0);
  if (path[4] == "copies" && path.size() == 5) return list_copies(reader, *article);
  if (path[4] == "revisions" && path.size() == 5) return list_revisions(reader, *article);
  if (path[4] == "revisions" && path.size() == 6) return show_article(reader, *article, number(5));
  if (path[4] == "revisions" && path.size() == 7 && path[6] == "raw")
    return raw_page(reader, *article, number(5));
  return not_found("no such page");
}

Reply list_events(const Reader& reader, const Request& request, const Context& context) {
  const auto limit = limit_of(request);
  auto after = integer(request, "after", 0);
  const auto events = reader.events(after, time_of(request, "since", context), limit);
  json::object out;
  auto& items = out["items"].emplace_array();
  for (const auto& event : events) {
    items.push_back(event_json(event));
    after = event.seq;
  }
  out["next"] = std::to_string(after);
  return ok(out);
}

Reply list_deliveries(const Reader& reader, const Request& request) {
  json::object out;
  auto& items = out["items"].emplace_array();
  for (const auto& delivery : reader.deliveries(request.parameter("state"), limit_of(request)))
    items.push_back(delivery_json(delivery));
  out["next"] = nullptr;
  return ok(out);
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
    const auto article = reader.article(reference);
    if (!article) return not_found("no article '" + reference + "'");
    id = article->id;
  }
  const auto report = reader.verify_chain(id);
  return ok(json::object{{"sound", report.faults.empty()},
                         {"revisions", report.revisions},
                         {"faults", json::array(report.faults.begin(), report.faults.end())}});
}

Reply explain(const Reader& reader, const Request& request, const Context& context) {
  const auto asked = request.parameter("url");
  const auto url = canonical_url(asked);
  if (!url) throw BadParameter{"url must be an http(s) address, not '" + asked + "'"};
  json::object out;
  auto& items = out["items"].emplace_array();
  for (const auto& known : reader.explain(*url))
    items.push_back(url_json(known, reader.host(known.host), context.now));
  if (items.empty())
    return not_found("no list, feed or sitemap of a source has named " + *url +
                     " yet; 'tinwatch sources list' says which sources are read");
  out["next"] = nullptr;
  return ok(out);
}

Reply route_api(const Reader& reader, const Request& request, const Context& context,
                std::string& handler) {
  const auto& path = request.path;
  const auto resource = path.size() > 2 ? path[2] : std::string();
  const auto is = [&](const char* name, std::size_t segments) {
    return resource == name && path.size() == segments;
  };
  handler = "/api/v1/" + resource;
  if (is("articles", 3)) return list_articles(reader, request, context);
  if (resource == "articles") return about_article(reader, request);
  if (is("events", 3)) return list_events(reader, request, context);
  if (is("deliveries", 3)) return list_deliveries(reader, request);
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
    if (request.method != "GET" && request.method != "HEAD")
      reply = problem(405, "Method Not Allowed", "only GET is answered here");
    else if (request.path.size() >= 2 && request.path[0] == "api" && request.path[1] == "v1")
      reply = route_api(reader, request, context, handler);
    else
      reply = page(reader, request, context, handler);
  } catch (const BadParameter& bad) {
    reply = problem(400, "Bad Request", bad.detail);
  }
  reply.handler = handler;
  return reply;
}

}  // namespace tinwatch::api
