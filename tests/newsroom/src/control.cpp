#include "core/time.hpp"
#include "newsroom/server.hpp"

#include <boost/json.hpp>

/// The newsroom's second port: how a test moves its script on, makes it misbehave and asks what it
/// was asked.
namespace tinwatch::newsroom {

namespace json = boost::json;

Task<Server::Answer> Server::control(Request request) {
  const auto number = [&](std::string_view name, int fallback) {
    const auto text = request.parameter(name);
    return text.empty() ? fallback : std::stoi(text);
  };
  json::value out = json::object{};
  const auto step_json = [](const Step& step) {
    return json::object{{"step", step.number},
                        {"type", step.type},
                        {"id", std::to_string(step.id)},
                        {"version", step.version}};
  };
  if (request.path == "/step") {
    out = step_json(step());
  } else if (request.path == "/truth") {
    json::array steps;
    for (const auto& step : script_.truth()) steps.push_back(step_json(step));
    json::array pieces;
    for (const auto& [id, piece] : script_.pieces())
      pieces.push_back(json::object{{"id", std::to_string(id)},
                                    {"path", path_of(piece)},
                                    {"headline", piece.headline},
                                    {"version", piece.version},
                                    {"gone", piece.gone}});
    out = json::object{{"steps", std::move(steps)}, {"pieces", std::move(pieces)}};
  } else if (request.path == "/log") {
    json::array entries;
    for (const auto& entry : log_)
      entries.push_back(json::object{{"at", entry.at.time_since_epoch().count()},
                                     {"path", entry.path},
                                     {"status", entry.status},
                                     {"conditional", entry.conditional}});
    out = std::move(entries);
  } else if (request.path == "/set") {
    validators_ = number("validators", validators_ ? 1 : 0) != 0;
    noise_ = number("counter", noise_ ? 1 : 0) != 0;
    gzip_ = number("gzip", gzip_ ? 1 : 0) != 0;
  } else if (request.path == "/set-clock") {
    if (const auto at = parse_iso8601(request.parameter("at"))) clock_ = at->at;
  } else if (request.path == "/misbehave") {
    misbehaviours_.push_back({request.parameter("path"), request.parameter("how"),
                              request.parameter("value"), number("times", 1)});
  } else if (request.path == "/release") {
    ++releases_;
  } else if (request.path == "/await") {
    const int stalled = number("stalled", 0);
    const int sent = number("sent", 0);
    const int requests = number("requests", 0);
    while (stalled_ < stalled || sent_after_stall_ < sent ||
           static_cast<int>(log_.size()) < requests)
      co_await pause();
    out =
        json::object{{"stalled", stalled_}, {"sent", sent_after_stall_}, {"requests", log_.size()}};
  } else {
    co_return Answer{.status = 404, .body = "{}"};
  }
  co_return Answer{.body = json::serialize(out)};
}

}  // namespace tinwatch::newsroom
