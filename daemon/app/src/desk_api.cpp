#include "api/watch_list.hpp"
#include "app/desk.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

/// What programs ask of the desk, in JSON.
namespace tinwatch::app {
namespace {

namespace json = boost::json;

api::Reply bad_request(std::string_view what) { return api::problem(400, "Bad Request", what); }

/// The body, which is one JSON object; else why not.
Result<json::object, api::Reply> object_of(const std::string& body) {
  json::error_code error;
  auto value = json::parse(body, error);
  if (error) return fail(bad_request("the body must be JSON: " + error.message()));
  auto* const object = value.if_object();
  if (!object) return fail(bad_request("the body must be a JSON object"));
  return std::move(*object);
}

/// Single values of a JSON object; else which key has none, or is not known.
Result<std::map<std::string, std::string>, api::Reply> texts_of(
    const json::object& object, std::initializer_list<std::string_view> known) {
  std::map<std::string, std::string> out;
  for (const auto& [key, value] : object) {
    const std::string name(key);
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(bad_request("unknown key '" + clipped(name, 100) + "'"));
    const auto* const text = value.if_string();
    if (!text) return fail(bad_request(name + " must be a string"));
    out.emplace(name, *text);
  }
  return out;
}

std::optional<std::string> taken(std::map<std::string, std::string>& texts, const char* name) {
  const auto found = texts.find(name);
  if (found == texts.end()) return std::nullopt;
  return std::move(found->second);
}

Result<std::vector<std::string>, api::Reply> take_ids(json::object& object) {
  std::vector<std::string> ids;
  const auto found = object.find("ids");
  const auto* const list = found == object.end() ? nullptr : found->value().if_array();
  if (!list) return fail(bad_request("ids must be a list of hits' ids"));
  for (const auto& one : *list) {
    const auto* const id = one.if_string();
    if (!id) return fail(bad_request("ids must be a list of hits' ids"));
    ids.emplace_back(*id);
  }
  object.erase(found);
  return ids;
}

/// What the body says of many hits; who and when is added later.
Result<storage::Triage, api::Reply> triage_of(const std::string& body) {
  auto object = object_of(body);
  if (!object) return fail(std::move(object.error()));
  auto ids = take_ids(*object);
  if (!ids) return fail(std::move(ids.error()));
  auto texts = texts_of(*object, {"verdict", "note", "assignee"});
  if (!texts) return fail(std::move(texts.error()));
  storage::Triage out;
  out.ids = std::move(*ids);
  if (const auto word = taken(*texts, "verdict")) {
    out.verdict = storage::verdict_from(*word);
    if (!out.verdict)
      return fail(bad_request("verdict must be new, relevant, irrelevant or done, not '" +
                              clipped(*word, 100) + "'"));
  }
  out.note = taken(*texts, "note");
  out.assignee = taken(*texts, "assignee");
  return out;
}

}  // namespace

Task<api::Reply> Desk::add_watch(api::Request request) {
  auto definition = object_of(request.body);
  if (!definition) co_return std::move(definition.error());
  const auto* const text = definition->if_contains("name");
  const std::string name = text && text->is_string() ? std::string(text->get_string()) : "";
  const auto done = co_await put(std::move(*definition), true, std::move(request.principal.name));
  if (!done) co_return reply_of(done.error());
  auto reply = shown(name);
  reply.status = 201;
  reply.location = "/api/v1/watches/" + percent_encode(name);
  co_return reply;
}

Task<api::Reply> Desk::change_watch(api::Request request) {
  const auto name = request.path.back();
  auto definition = object_of(request.body);
  if (!definition) co_return std::move(definition.error());
  auto& said = definition->emplace("name", name).first->value();
  if (said != json::value(name))
    co_return bad_request("name: a watch keeps the name of its path; leave it out");
  const auto done = co_await put(std::move(*definition), false, std::move(request.principal.name));
  if (!done) co_return reply_of(done.error());
  co_return shown(name);
}

Task<api::Reply> Desk::delete_watch(api::Request request) {
  const auto name = request.path.back();
  const auto done = co_await take_away(name, std::move(request.principal.name));
  if (!done) co_return reply_of(done.error());
  json::object body{{"deleted", name}};
  if (*done) body["remains"] = "the configuration's watch of this name";
  co_return api::json_reply(body);
}

Task<api::Reply> Desk::preview_watch(api::Request request) {
  auto definition = object_of(request.body);
  if (!definition) co_return std::move(definition.error());
  const auto found = co_await preview(std::move(*definition));
  if (!found) co_return reply_of(found.error());
  auto body = api::preview_json(found->preview);
  body["warnings"] = json::array(found->warnings.begin(), found->warnings.end());
  co_return api::json_reply(body);
}

Task<api::Reply> Desk::snooze(api::Request request) {
  const auto name = request.path.back();
  const auto object = object_of(request.body);
  if (!object) co_return object.error();
  const auto texts = texts_of(*object, {"until", "for"});
  if (!texts) co_return texts.error();
  const auto until = until_of(*texts);
  if (!until) co_return reply_of(until.error());
  const auto done = co_await put_to_sleep(name, *until, std::move(request.principal.name));
  if (!done) co_return reply_of(done.error());
  co_return shown(name);
}

Task<api::Reply> Desk::end_snooze(api::Request request) {
  const auto name = request.path.back();
  const auto done = co_await wake(name, std::move(request.principal.name));
  if (!done) co_return reply_of(done.error());
  co_return shown(name);
}

Task<api::Reply> Desk::triage(api::Request request) {
  auto triage = triage_of(request.body);
  if (!triage) co_return std::move(triage.error());
  const auto count = triage->ids.size();
  triage->who = std::move(request.principal.name);
  const auto done = co_await judge(std::move(*triage));
  if (!done) co_return reply_of(done.error());
  json::object body;
  body["changed"] = count;
  co_return api::json_reply(body);
}

}  // namespace tinwatch::app
