#include "answers.hpp"
#include "commands.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

namespace tinwatch::cli {
namespace {

namespace json = boost::json;

void print_host(const json::object& host) {
  std::string line = "  host      " + text_at(host, "name");
  if (host.contains("blockedUntil"))
    line += ", " + left_alone(host);
  else
    line += ", may be asked from " + text_at(host, "nextAllowedAt");
  print(line);
  if (host.contains("validatorsLiedAt"))
    print("            said 'not modified' of a changed page at " +
          text_at(host, "validatorsLiedAt") + "; it is not asked so for a month");
  const auto* robots = host.if_contains("robots");
  if (!robots) return;
  const auto& rules = robots->as_object();
  print("            robots.txt of " + text_at(rules, "fetchedAt") + " (status " +
        text_at(rules, "status") + ") " +
        (text_at(rules, "allowed") == "false" ? "forbids this URL" : "allows it") +
        (rules.contains("crawlDelay") ? ", crawl delay " + text_at(rules, "crawlDelay") : ""));
}

void print_visit(const json::object& visit) {
  const auto times = text_at(visit, "times");
  std::string line = "  " + text_at(visit, "lastAt") + "  " + padded(text_at(visit, "outcome"), 12);
  if (times != "1") line += "  " + times + " times since " + text_at(visit, "firstAt");
  if (visit.contains("detail")) line += "  " + text_at(visit, "detail");
  print(line);
}

void print_url(const json::object& url) {
  print(text_at(url, "url"));
  std::string found = "  found     " + text_at(url, "foundAt") + " by source " +
                      text_at(url, "source") + " (" + text_at(url, "discovery") + ")";
  if (url.contains("isStart")) found += ", named by the configuration";
  if (url.contains("foundOn")) found += ", on " + text_at(url, "foundOn");
  print(found);
  if (text_at(url, "state") == "waiting")
    print("  next      " + text_at(url, "dueAt") + ": " + text_at(url, "dueReason"));
  else
    print("  next      never: it is retired");
  if (const auto* article = url.if_contains("article")) {
    const auto& item = article->as_object();
    std::string line = "  article   " + text_at(item, "id") + ", " + text_at(item, "status") +
                       ", revision " + text_at(item, "revision");
    if (text_at(item, "url") != text_at(url, "url")) line += ", known as " + text_at(item, "url");
    print(line);
    if (const auto* held = item.if_contains("held"))
      print("            another state was seen " + text_at(held->as_object(), "looks") +
            " times in a row since " + text_at(held->as_object(), "since") +
            " and is not believed yet");
  }
  if (const auto* form = url.if_contains("form")) {
    const auto& votes = form->as_object();
    print("  addresses like " + text_at(votes, "template") + ": of the last pages " +
          text_at(votes, "articles") + " articles, " + text_at(votes, "others") + " others");
  }
  if (const auto* noise = url.if_contains("noise"))
    for (const auto& one : noise->as_array())
      print("  no edit   \"" + text_at(one.as_object(), "form") + "\": it moved " +
            text_at(one.as_object(), "moves") + " times at " +
            text_at(one.as_object(), "articles") + " articles by " +
            text_at(one.as_object(), "learnedAt"));
  if (const auto* host = url.if_contains("host")) print_host(host->as_object());
  for (const auto& visit : url.at("visits").as_array()) print_visit(visit.as_object());
}

}  // namespace

Exit explain_url(const std::string& config, const std::string& url, const std::string& format) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "explain"});
    request.query["url"] = url;
    const auto body = body_of(store.get(request));
    const auto& items = body.at("items").as_array();
    if (format == "json")
      print_json(items);
    else
      for (const auto& item : items) print_url(item.as_object());
    return Exit::done;
  });
}

}  // namespace tinwatch::cli
