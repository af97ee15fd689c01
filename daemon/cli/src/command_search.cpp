#include "answers.hpp"
#include "commands.hpp"
#include "core/screen_text.hpp"
#include "core/text.hpp"
#include "list_output.hpp"

#include <boost/json.hpp>

/// What was ever printed, looked for in the language of watches.
namespace tinwatch::cli {
namespace {

namespace json = boost::json;

std::string standing_of(const json::object& item) {
  const auto status = text_at(item, "status");
  return item.at("gone").as_bool() ? status + ", gone" : status;
}

std::string sentence_of(const json::object& item) {
  const auto& hits = item.at("hits").as_array();
  return hits.empty() ? std::string() : text_at(hits.front().as_object(), "sentence");
}

void print_results(const std::string& format, const json::array& items) {
  if (format != "table")
    return print_list(format,
                      {member("id"),
                       member("source"),
                       member("status"),
                       member("gone"),
                       member("revision"),
                       member("headRevision"),
                       member("observedAt"),
                       member("publishedAt"),
                       member("url"),
                       member("headline"),
                       {.name = "sentence", .cell = sentence_of}},
                      items);
  for (const auto& value : items) {
    const auto& item = value.as_object();
    print(to_the_second(text_at(item, "observedAt")) + "  " + padded(text_at(item, "source"), 14) +
          "  " + padded(standing_of(item), 8) + "  r" + padded(text_at(item, "revision"), 3) +
          "  " + text_at(item, "id") + "  " + text_at(item, "headline"));
    if (const auto sentence = sentence_of(item); !sentence.empty())
      print("    " + clipped(sentence, 300));
  }
}

}  // namespace

Exit search_texts(const std::string& config, const SearchOptions& options) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "search"});
    put(request, "q", options.query);
    put(request, "mode", options.mode);
    put(request, "source", options.source);
    put(request, "class", options.change_class);
    put(request, "since", options.since);
    put(request, "until", options.until);
    put(request, "sort", options.sort);
    if (options.gone) request.query["gone"] = "true";
    const auto items = items_of(store, std::move(request), options.limit);
    print_results(options.format, items);
    return Exit::done;
  });
}

}  // namespace tinwatch::cli
