#include "pages.hpp"

#include "core/event_json.hpp"
#include "core/event_type.hpp"
#include "core/record.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "list_reply.hpp"
#include "monitor/word_diff.hpp"
#include "parameters.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace tinwatch::api {
namespace {

using storage::Reader;

constexpr std::size_t newest = 50;
constexpr std::size_t most_revisions = 500;
constexpr std::size_t longest_line = 300;

constexpr std::string_view style = R"css(:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884; }
td.time, td.what, td.source { white-space: nowrap; }
.what { font-weight: 600; } .removed, .missing { color: #b00020; } .published, .returned { color: #1b7f3b; }
.revised, .moved { color: #8a5a00; } .watch { color: #5b2fb0; }
ins { background: #1b7f3b33; text-decoration: none; } del { background: #b0002033; }
.field { margin: 1rem 0; } .field h3 { font-size: .9rem; margin: 0; opacity: .7; } .body { white-space: pre-wrap; }
nav a { margin-right: 1rem; }
)css";

std::string local_time(Instant at, const Context& context) {
  auto text = to_rfc3339(OffsetTime{.at = at, .offset = context.utc_offset});
  text[10] = ' ';
  return text.substr(0, 19);
}

Reply html(std::string_view title, const std::string& body) {
  Reply reply{.content_type = "text/html; charset=utf-8"};
  reply.body = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
               escape_html(title) +
               "</title><meta name=\"viewport\" content=\"width=device-width\"><link "
               "rel=\"stylesheet\" href=\"/style.css\"></head><body>\n" +
               body + "</body></html>\n";
  return reply;
}

/// Text of a site: a mark in it that turns the direction of writing turns nothing beside it.
std::string foreign(std::string_view text) { return "<bdi>" + escape_html(text) + "</bdi>"; }

std::string link_to(const std::string& path, const std::string& html) {
  return "<a href=\"" + path + "\">" + html + "</a>";
}

/// A link out of Tinwatch: only http(s), and it tells the site nothing about us.
std::string link_out(const std::string& url) {
  if (!parse_url(url)) return escape_html(url);
  return "<a rel=\"noopener noreferrer\" href=\"" + escape_html(url) + "\">" + escape_html(url) +
         "</a>";
}

/// Of a text that is a line here, and may be a book there.
std::string shown(std::string_view text) { return clipped(text, longest_line); }

/// Throws std::exception for a damaged row.
std::string event_row(const Event& event, const Context& context) {
  if (event.is_damaged) throw std::runtime_error("a column holds an unknown word");
  const auto subject = subject_of(event.data);
  const auto type = event_type_from(event.type);
  const auto word = event.type.substr(event.type.rfind('.') + 1);
  const bool hit = type == EventType::watch_hit;
  const auto page = "/articles/" + event.article;
  // An event of a source says what it knows.
  std::string what = event.article.empty() ? foreign(shown(event.data))
                                           : link_to(page, foreign(shown(subject.headline)));
  if (type == EventType::article_revised) {
    const auto revision = subject.revision.value();
    what += " " + link_to(page + "/diff?from=" + std::to_string(revision - 1) +
                              "&amp;to=" + std::to_string(revision),
                          "diff");
  }
  if (hit) what += " (" + foreign(subject.watch) + ")";
  return "<tr><td class=\"time\">" + local_time(event.at, context) + "</td><td class=\"what " +
         (hit ? "watch" : word) + "\">" + (hit ? "watch hit" : word) +
         "</td><td class=\"source\">" + escape_html(event.source) + "</td><td>" + what +
         "</td></tr>\n";
}

Reply front_page(const Reader& reader, const Context& context) {
  std::string body =
      "<h1>Tinwatch</h1>\n<h2>Newest "
      "changes</h2>\n<table><tr><th>Seen</th><th>What</th><th>Source</th><th>Article</th></tr>\n";
  std::vector<std::string> damaged;
  for (const auto& event : reader.newest_events(newest)) {
    if (event.discovery != Discovery::live) continue;
    unless_damaged("event " + std::to_string(event.seq), damaged,
                   [&] { body += event_row(event, context); });
  }
  body +=
      "</table>\n<h2>Newest articles</h2>\n<table><tr><th>First "
      "seen</th><th>Status</th><th>Source</th><th>Article</th></tr>\n";
  storage::ArticleFilter filter;
  filter.limit = newest;
  for (const auto& article : reader.articles(filter))
    body += "<tr><td class=\"time\">" + local_time(article.first_seen_at, context) +
            "</td><td class=\"what\">" + std::string(label(article.status)) +
            "</td><td class=\"source\">" + escape_html(article.source) + "</td><td>" +
            link_to("/articles/" + article.id, foreign(shown(article.headline))) + "</td></tr>\n";
  auto reply = html("Tinwatch", body + "</table>\n");
  reply.damaged = std::move(damaged);
  return reply;
}

Reply article_page(const Reader& reader, const storage::ArticleView& article,
                   const Context& context) {
  const auto head = reader.revision(article.id, 0);
  if (!head) return problem(404, "Not Found", "the article has no revision");
  const auto record = record_from_json(head->record);
  auto revisions = reader.revisions(article.id, most_revisions);
  std::reverse(revisions.begin(), revisions.end());
  std::string body =
      "<nav>" + link_to("/", "Tinwatch") + "</nav>\n<h1>" + escape_html(shown(record.headline)) +
      "</h1>\n<p>" + link_out(record.url) + "</p>\n<p>" + std::string(label(article.status)) +
      ", first seen " + local_time(article.first_seen_at, context) + ", last checked " +
      local_time(article.last_checked_at, context) + "</p>\n<h2>Revisions</h2>\n<table>\n";
  for (const auto& revision : revisions) {
    const auto n = std::to_string(revision.number);
    body += "<tr><td>" + n + "</td><td class=\"time\">" +
            local_time(revision.observed_at, context) + "</td><td>";
    if (revision.number > 1)
      body += link_to("/articles/" + article.id +
                          "/diff?from=" + std::to_string(revision.number - 1) + "&amp;to=" + n,
                      "what changed");
    body += "</td></tr>\n";
  }
  body += "</table>\n<h2>Text</h2>\n";
  for (const auto& block : record.body) body += "<p>" + escape_html(block.text) + "</p>\n";
  return html(shown(record.headline), body);
}

Reply diff_page(const Reader& reader, const Request& request, const storage::ArticleView& article,
                const Context& context) {
  const int to = revision_number(request, "to", article.head_revision);
  const int from = revision_number(request, "from", std::max(1, to - 1));
  const auto before = reader.revision(article.id, from);
  const auto after = reader.revision(article.id, to);
  if (!before || !after)
    return problem(404, "Not Found",
                   "the article has revisions 1 to " + std::to_string(article.head_revision));
  const auto old_fields = editorial_fields(record_from_json(before->record));
  const auto new_fields = editorial_fields(record_from_json(after->record));
  std::string body = "<nav>" + link_to("/", "Tinwatch") +
                     link_to("/articles/" + article.id, "Article") + "</nav>\n<h1>" +
                     escape_html(shown(new_fields.front().text)) + "</h1>\n<p>Revision " +
                     std::to_string(from) + " to " + std::to_string(to) + ", seen " +
                     local_time(after->observed_at, context);
  if (after->not_before) body += ", edited after " + local_time(*after->not_before, context);
  body += "</p>\n";
  for (std::size_t i = 0; i < old_fields.size(); ++i) {
    if (old_fields[i] == new_fields[i]) continue;
    body +=
        "<div class=\"field\"><h3>" + escape_html(new_fields[i].name) + "</h3><div class=\"body\">";
    for (const auto& run : monitor::diff_words(old_fields[i].text, new_fields[i].text)) {
      const auto text = foreign(run.text);
      if (run.edit == monitor::Edit::same) body += text + ' ';
      if (run.edit == monitor::Edit::removed) body += "<del>" + text + "</del> ";
      if (run.edit == monitor::Edit::added) body += "<ins>" + text + "</ins> ";
    }
    body += "</div></div>\n";
  }
  return html("What changed", body);
}

/// All that a message tells of, a page at a time: where a summary's link leads.
Reply message_page(const Reader& reader, const Request& request, const std::string& id,
                   const Context& context) {
  constexpr std::size_t rows = 500;
  const auto message = reader.message(id);
  if (!message) return problem(404, "Not Found", "no such message");
  constexpr auto last_row = std::numeric_limits<std::int64_t>::max();
  const auto all = reader.deliveries_of_message(id, integer(request, "after", 0, last_row), rows);
  std::string body = "<nav>" + link_to("/", "Tinwatch") + "</nav>\n<h1>" +
                     foreign(shown(message->title)) + "</h1>\n<p>" +
                     escape_html(message->receiver) + ", " +
                     local_time(message->created_at, context) + ", " +
                     std::to_string(message->deliveries) + " events</p>\n<table>\n";
  for (const auto& one : all) {
    const auto article = one.article.empty()
                             ? escape_html(one.source)
                             : link_to("/articles/" + one.article, foreign(shown(one.headline)));
    body += "<tr><td class=\"time\">" + local_time(one.created_at, context) +
            "</td><td class=\"what\">" +
            escape_html(one.event_type.substr(one.event_type.rfind('.') + 1)) +
            "</td><td class=\"source\">" + escape_html(one.source) + "</td><td>" + article +
            (one.watch.empty() ? "" : " (" + escape_html(one.watch) + ")") + "</td></tr>\n";
  }
  body += "</table>\n";
  if (all.size() == rows)
    body += "<p>" +
            link_to("/messages/" + percent_encode(id) + "?after=" + std::to_string(all.back().row),
                    "more") +
            "</p>\n";
  return html(shown(message->title), body);
}

}  // namespace

Reply page(const Reader& reader, const Request& request, const Context& context,
           std::string& handler) {
  const auto& path = request.path;
  if (path.empty()) {
    handler = "/";
    return front_page(reader, context);
  }
  if (path.size() == 1 && path[0] == "style.css") {
    handler = "/style.css";
    return {.content_type = "text/css; charset=utf-8", .body = std::string(style)};
  }
  if (path[0] == "messages" && path.size() == 2) {
    handler = "/messages";
    return message_page(reader, request, path[1], context);
  }
  if (path[0] == "articles" && (path.size() == 2 || (path.size() == 3 && path[2] == "diff"))) {
    handler = path.size() == 2 ? "/articles" : "/articles/diff";
    const auto article = reader.article(path[1]);
    if (!article) return problem(404, "Not Found", "no such article");
    return path.size() == 2 ? article_page(reader, *article, context)
                            : diff_page(reader, request, *article, context);
  }
  return problem(404, "Not Found", "no such page");
}

}  // namespace tinwatch::api
