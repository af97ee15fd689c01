#include "stream_page.hpp"

#include "api/parameters.hpp"
#include "choices.hpp"
#include "core/text.hpp"
#include "core/url.hpp"

namespace tinwatch::pages {
namespace {

constexpr std::size_t rows = 50;

}  // namespace

std::string query_of(const StreamFilter& filter) {
  std::string out;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    out += out.empty() ? '?' : '&';
    out += std::string(name) + '=' + percent_encode(value);
  };
  add("source", filter.source);
  if (filter.type) add("type", std::string(label(*filter.type)));
  if (filter.change) add("class", std::string(label(*filter.change)));
  add("watch", filter.watch);
  add("text", filter.text);
  return out;
}

StreamFilter stream_filter(const api::Request& request) {
  StreamFilter out{.source = request.parameter("source"),
                   .type = {},
                   .change = {},
                   .watch = request.parameter("watch"),
                   .text = request.parameter("text"),
                   .before = api::integer(request, "before", 0)};
  if (const auto type = request.parameter("type"); !type.empty()) {
    out.type = event_type_from(type);
    if (!out.type) throw api::BadParameter{"there is no type of event '" + type + "'"};
  }
  if (const auto change = request.parameter("class"); !change.empty()) {
    out.change = change_class_from(change);
    if (!out.change) throw api::BadParameter{"there is no class of edits '" + change + "'"};
  }
  return out;
}

bool keeps(const StreamFilter& filter, const Event& event) {
  if (event.discovery != Discovery::live) return false;
  if (!filter.source.empty() && event.source != filter.source) return false;
  if (filter.type && event.type != label(*filter.type)) return false;
  if (!filter.change && filter.text.empty() && filter.watch.empty()) return true;
  try {
    const auto subject = subject_of(event.data);
    if (filter.change && subject.change != filter.change) return false;
    if (!filter.watch.empty() && subject.watch_name != filter.watch) return false;
    const auto all = subject.headline + ' ' + subject.removed + ' ' + subject.added + ' ' +
                     subject.sentence + ' ' + subject.watch;
    return filter.text.empty() || fold_case(all).find(fold_case(filter.text)) != std::string::npos;
  } catch (const std::exception&) {
    return true;  // it is named as damaged where it is shown
  }
}

api::Reply stream_page(const storage::Reader& reader, const StreamFilter& filter,
                       const Manner& manner) {
  const auto page =
      reader.stream(filter.before, rows, [&](const Event& event) { return keeps(filter, event); });
  std::vector<std::string> damaged;
  View view;
  view.set("sources", source_choices(reader, filter.source, manner));
  view.set("types", type_choices(filter.type ? std::string(label(*filter.type)) : "", manner));
  view.set("classes",
           class_choices(filter.change ? std::string(label(*filter.change)) : "", manner));
  view.set("text", filter.text);
  if (!filter.watch.empty()) view.set("watch", filter.watch);
  const auto query = query_of(filter);
  put_list(view, "events", event_views(page.events, manner, damaged));
  if (page.next > 0) {
    View older;
    older.set("path", "/stream" + query + (query.empty() ? "?" : "&") +
                          "before=" + std::to_string(page.next));
    older.set("text", manner.say(page.events.empty() ? "look_further" : "older"));
    view.set("older", older);
  }
  view.set("feed", "/stream.atom" + query);
  if (filter.before > 0) view.set("newest", "/stream" + query);
  view.set("has_pages", page.next > 0 || filter.before > 0);
  if (page.events.empty() && page.next == 0)
    view.set("none", manner.say(query.empty() ? "nothing_yet" : "nothing_fits"));
  auto reply = render("stream", view, manner.say("stream"), "/stream", manner);
  reply.damaged = std::move(damaged);
  return reply;
}

}  // namespace tinwatch::pages
