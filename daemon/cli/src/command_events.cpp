#include "answers.hpp"
#include "api/client.hpp"
#include "commands.hpp"
#include "event_stream.hpp"
#include "list_output.hpp"
#include "store_access.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>

#include <algorithm>
#include <utility>

/// What happened, and what happens.
namespace tinwatch::cli {
namespace {

namespace json = boost::json;

/// What an event is about: its article's headline, or what it says of its source.
std::string subject_text(const json::object& event) {
  const auto& data = event.at("data").as_object();
  if (const auto* article = data.if_contains("article"))
    return text_at(article->as_object(), "headline");
  return json::serialize(data);
}

class EventPrinter {
 public:
  explicit EventPrinter(std::string format) : format_(std::move(format)) {}

  void print(const json::array& items) {
    const bool is_first = std::exchange(is_first_, false);
    if (format_ == "json") {
      for (const auto& event : items) print_json(event);
      return;
    }
    const Column time{.name = "time", .cell = [](const json::object& event) {
                        return to_the_second(text_at(event, "time"));
                      }};
    const Column headline{.name = "headline", .cell = subject_text};
    if (format_ == "csv")
      return print_list(format_,
                        {member("seq"), member("id"), member("time"), member("type"),
                         member("source"), member("subject"), headline},
                        items, is_first);
    print_list(format_, {time, member("type", 26), member("source", 14), headline}, items);
  }

 private:
  std::string format_;
  bool is_first_ = true;
};

/// Prints all of a list; where the next page begins.
std::string print_stored(const StoreAccess& store, api::Request request, EventPrinter& printer,
                         bool is_one_page) {
  request.query["limit"] = "1000";
  for (;;) {
    const auto body = body_of(store.get(request));
    const auto& items = body.at("items").as_array();
    printer.print(items);
    request.query.erase("last");
    request.query["after"] = std::string(body.at("next").as_string());
    if (is_one_page || items.empty()) return request.query["after"];
  }
}

/// The daemon's stream, again and again, each time from where the last one ended. A stream ends
/// when the daemon does, and after an hour (api/event_feed.hpp).
class Following {
 public:
  /// `request`: where the first one begins. `is_waiting`: no daemon runs, and that was said.
  Following(const StoreAccess& store, api::Request request, EventPrinter& printer, bool is_waiting)
      : socket_(store.config().http.socket),
        request_(std::move(request)),
        printer_(printer),
        is_first_(!is_waiting),
        standing_(is_waiting ? Standing::gone : Standing::told) {
    request_.accept = "text/event-stream";
  }

  /// One stream to its end, or why there is none; how long to wait before the next. Throws Refused
  /// when a question is wrong, and when the first of all is refused.
  std::chrono::seconds listen() {
    if (!last_id_.empty()) {
      request_.query.clear();
      request_.headers = {{"last-event-id", last_id_}};
    }
    EventStream stream([this](const StreamEvent& event) { take(event); });
    const auto reply =
        api::listen(socket_, request_, [&](std::string_view piece) { stream.take(piece); });
    const bool was_first = std::exchange(is_first_, false);
    if (!reply)
      fall(Standing::gone, "no daemon runs any more; waiting for one at " + socket_);
    else if (reply->status == 200)
      standing_ = Standing::told;
    else if (reply->status < 500 || was_first)
      body_of(*reply);
    else  // one that starts, ends or has its hands full will answer later
      fall(Standing::refused, detail_of(*reply) + "; asking again");
    return pause_before_next(reply ? reply->retry_after : 0);
  }

 private:
  enum class Standing { told, gone, refused };

  /// Said once, however often it is tried.
  void fall(Standing standing, const std::string& why) {
    if (std::exchange(standing_, standing) != standing) complain(why);
  }

  void take(const StreamEvent& event) {
    if (!event.id.empty()) last_id_ = event.id;
    const auto data = json::parse(event.data);
    if (event.name == "tinwatch.stream.gap") {
      complain("what happened after event " + text_at(data.as_object(), "after") +
               " is not kept any more, or the database is an older copy; going on after event " +
               text_at(data.as_object(), "resumesAfter"));
      return;
    }
    printer_.print({data});
  }

  std::string socket_;
  api::Request request_;
  EventPrinter& printer_;
  std::string last_id_;
  bool is_first_;
  Standing standing_;
};

void sleep_for(std::chrono::seconds pause) {
  boost::asio::io_context io;
  boost::asio::steady_timer(io, pause).wait();
}

}  // namespace

Exit follow_events(const std::string& config, const EventsOptions& options) {
  return refusable([&] {
    constexpr std::size_t lines_when_followed = 10;  // as tail and journalctl begin
    const StoreAccess store(config);
    EventPrinter printer(options.format);
    auto request = request_for({"api", "v1", "events"});
    put(request, "since", options.since);
    auto lines = options.lines;
    if (lines == 0 && options.follow && options.since.empty()) lines = lines_when_followed;
    if (lines > 0) request.query["last"] = std::to_string(lines);
    if (!options.follow) {
      print_stored(store, std::move(request), printer, lines > 0);
      return Exit::done;
    }
    const bool is_waiting = !store.has_daemon();
    if (is_waiting) {
      const auto next = print_stored(store, request, printer, lines > 0);
      request.query = {{"after", next}};
      complain("no daemon runs, so nothing happens; waiting for one at " +
               store.config().http.socket);
    }
    Following following(store, std::move(request), printer, is_waiting);
    for (;;) sleep_for(following.listen());
  });
}

}  // namespace tinwatch::cli
