#include "answers.hpp"
#include "commands.hpp"
#include "core/screen_text.hpp"
#include "core/text.hpp"
#include "list_output.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

#include <iomanip>
#include <sstream>
#include <stdexcept>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

/// A long unchanged run in a diff: its beginning and its end.
std::string shortened(const std::string& text, bool first, bool last) {
  constexpr std::size_t keep = 8;
  const auto all = words(text);
  if (all.size() <= 2 * keep + 2) return text;
  std::string out;
  if (!first)
    for (std::size_t i = 0; i < keep; ++i) (out += all[i]) += ' ';
  out += "…";
  if (!last)
    for (std::size_t i = all.size() - keep; i < all.size(); ++i) (out += ' ') += all[i];
  return out;
}

void print_diff_text(const json::object& diff, bool colour) {
  print(text_at(diff, "headline"));
  print("revision " + text_at(diff, "from") + " to " + text_at(diff, "to") + ", seen " +
        text_at(diff, "observedAt") +
        (diff.contains("notBefore") ? ", edited after " + text_at(diff, "notBefore") : ""));
  const auto& fields = diff.at("fields").as_array();
  if (fields.empty()) print("no difference");
  for (const auto& field : fields) {
    print("");
    print(text_at(field.as_object(), "name") + ':');
    std::string line = " ";
    const auto& runs = field.at("runs").as_array();
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const auto edit = text_at(runs[i].as_object(), "edit");
      const auto words_of_run = escape_controls(text_at(runs[i].as_object(), "text"));
      // Without colour the marks of wdiff(1).
      if (edit == "same")
        line += ' ' + shortened(words_of_run, i == 0, i + 1 == runs.size());
      else if (edit == "removed")
        line += colour ? " \033[31m" + words_of_run + "\033[0m" : " [-" + words_of_run + "-]";
      else
        line += colour ? " \033[32m" + words_of_run + "\033[0m" : " {+" + words_of_run + "+}";
    }
    print_coloured(line);
  }
}

void print_diff_html(const json::object& diff) {
  std::string out = "<h1>" + escape_html(text_at(diff, "headline")) + "</h1>\n";
  for (const auto& field : diff.at("fields").as_array()) {
    out += "<h2>" + escape_html(text_at(field.as_object(), "name")) + "</h2>\n<p>";
    for (const auto& run : field.at("runs").as_array()) {
      const auto edit = text_at(run.as_object(), "edit");
      // Marks in it that turn the direction of writing turn nothing beside it.
      const auto text = "<bdi>" + escape_html(text_at(run.as_object(), "text")) + "</bdi>";
      out += edit == "same"      ? text + ' '
             : edit == "removed" ? "<del>" + text + "</del> "
                                 : "<ins>" + text + "</ins> ";
    }
    out += "</p>\n";
  }
  print_html(out);
}

/// The record as schema.org has it: its names, without the extensions.
json::object json_ld(const json::object& article) {
  json::object out{{"@context", "https://schema.org"}, {"@type", article.at("pageType")}};
  for (const auto* name : {"url", "identifier", "inLanguage", "headline", "alternativeHeadline",
                           "articleSection", "datePublished", "dateModified", "description",
                           "author", "articleBody", "wordCount", "keywords"})
    if (const auto* value = article.if_contains(name)) out[name] = *value;
  if (auto* authors = out.if_contains("author"))
    for (auto& author : authors->as_array()) author.as_object()["@type"] = "Person";
  return out;
}

/// Articles of other sources with the same text, whoever published it first first.
json::array copies_of(const StoreAccess& store, const std::string& id) {
  const auto body = body_of(store.get(request_for({"api", "v1", "articles", id, "copies"})));
  return body.at("items").as_array();
}

void print_article_text(const json::object& envelope, const json::array& copies) {
  const auto& article = envelope.at("article").as_object();
  print(text_at(article, "headline"));
  print(text_at(envelope, "id") + "  " + text_at(envelope, "status") + "  revision " +
        text_at(envelope.at("revision").as_object(), "number") + "  seen " +
        text_at(envelope, "firstSeenAt"));
  print(text_at(article, "url"));
  if (const auto date = text_at(article, "datePublished"); !date.empty())
    print("published " + date);
  for (std::size_t i = 0; i < copies.size(); ++i) {
    const auto& copy = copies[i].as_object();
    const auto when = copy.contains("datePublished") ? "datePublished" : "firstSeenAt";
    print(std::string(i == 0 ? "first by  " : "also by   ") + text_at(copy, "source") + "  " +
          text_at(copy, when) + "  " + text_at(copy, "url"));
  }
  if (const auto* body = article.if_contains("body"))
    for (const auto& block : body->as_array()) {
      print("");
      print(text_at(block.as_object(), "text"));
    }
}

const json::object& record_in(const json::object& envelope) {
  return envelope.at("article").as_object();
}

Column of_record(const char* name) {
  return {.name = name, .cell = [name](const json::object& envelope) {
            return text_at(record_in(envelope), name);
          }};
}

Column time_of(const char* name) {
  return {.name = name,
          .cell = [name](const json::object& item) { return to_the_second(text_at(item, name)); }};
}

Column revision_of(std::string before, std::size_t width) {
  return {.name = "revision", .width = width, .cell = [before](const json::object& envelope) {
            return before + text_at(envelope.at("revision").as_object(), "number");
          }};
}

void print_articles(const std::string& format, const json::array& items) {
  if (format == "csv")
    return print_list(format,
                      {member("id"), member("source"), member("status"), member("firstSeenAt"),
                       member("lastChangedAt"), revision_of("", 0), of_record("datePublished"),
                       of_record("url"), of_record("headline")},
                      items);
  print_list(format,
             {time_of("firstSeenAt"), member("source", 14), member("status", 8),
              revision_of("r", 4), member("id"), of_record("headline")},
             items);
}

}  // namespace

Exit list_articles(const std::string& config, const ArticlesOptions& options) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "articles"});
    put(request, "source", options.source);
    put(request, "since", options.since);
    put(request, "until", options.until);
    put(request, "by", options.by);
    const auto items = items_of(store, std::move(request), options.limit);
    print_articles(options.format, items);
    return Exit::done;
  });
}

Exit show_article(const std::string& config, const std::string& article, int revision, bool raw,
                  const std::string& format) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "articles", article});
    if (revision > 0) {
      request.path.emplace_back("revisions");
      request.path.push_back(std::to_string(revision));
    }
    if (raw) {
      request.path.emplace_back("raw");
      const auto reply = store.get(request);
      if (reply.status >= 400) body_of(reply);
      print_page(reply.body);
      return Exit::done;
    }
    const auto body = body_of(store.get(request));
    if (format == "json")
      print_json(body);
    else if (format == "jsonld")
      print_json(json_ld(body.at("article").as_object()));
    else
      print_article_text(body.as_object(), copies_of(store, text_at(body.as_object(), "id")));
    return Exit::done;
  });
}

Exit show_diff(const std::string& config, const std::string& article, int from, int to,
               const std::string& format, bool colour) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "articles", article, "diff"});
    if (from > 0) request.query["from"] = std::to_string(from);
    if (to > 0) request.query["to"] = std::to_string(to);
    const auto body = body_of(store.get(request));
    if (format == "json")
      print_json(body);
    else if (format == "html")
      print_diff_html(body.as_object());
    else
      print_diff_text(body.as_object(), colour);
    return Exit::done;
  });
}

}  // namespace tinwatch::cli
