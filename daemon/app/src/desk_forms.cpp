#include "api/watch_list.hpp"
#include "app/desk.hpp"
#include "core/text.hpp"
#include "pages/answer.hpp"
#include "pages/watch_form.hpp"

#include <boost/json.hpp>

#include <string_view>
#include <utility>

/// What people ask of the desk, by the forms of pages.
namespace tinwatch::app {
namespace {

namespace json = boost::json;

/// After a form was obeyed: to load the page again sends nothing again (RFC 9110 section 15.4.4).
api::Reply go_to(std::string where) {
  api::Reply reply{.status = 303, .content_type = "text/plain; charset=utf-8"};
  reply.location = std::move(where);
  return reply;
}

std::string field(const std::map<std::string, std::string>& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

std::optional<std::string> filled(const std::map<std::string, std::string>& fields,
                                  const char* name) {
  auto text = field(fields, name);
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

Task<Result<bool, Desk::Refusal>> Desk::obey(const std::string& action, const std::string& name,
                                             const Fields& fields, const std::string& who) {
  if (action == "delete") co_return co_await take_away(name, who);
  if (action == "wake") co_return co_await wake(name, who);
  if (action != "snooze")
    co_return fail(Refusal{400, {"action must be preview, save, delete, snooze or wake"}, {}});
  const auto until = until_of(fields);
  if (!until) co_return fail(until.error());
  co_return co_await put_to_sleep(name, *until, who);
}

Task<api::Reply> Desk::watch_form(api::Request request) {
  const bool is_new = request.path.size() == 1;
  auto name = is_new ? std::string() : request.path.back();
  const auto fields = api::parse_form(request.body);
  const auto action = field(fields, "action");
  const auto who = request.principal.name;
  if (action != "save" && action != "preview") {
    const auto done = co_await obey(action, name, fields, who);
    if (!done) co_return pages::fault_page(request, reply_of(done.error()));
    // What the configuration has of that name remains.
    const bool is_gone = action == "delete" && !*done;
    co_return go_to(is_gone ? "/watches" : "/watches/" + percent_encode(name));
  }
  json::object before;
  const auto list = hooks_.context().watches;
  if (const auto* const watch = list->find(name))
    before = json::parse(watch->definition).as_object();
  auto definition = pages::definition_of(fields, std::move(before));
  if (!is_new) definition["name"] = name;
  if (action == "preview") {
    auto previewed = co_await preview(definition);
    Refusal refusal{200, {}, {}};
    std::optional<Previewed> found;
    if (previewed)
      found = std::move(*previewed);
    else
      refusal = std::move(previewed.error());
    co_return co_await watch_page(std::move(request), std::move(name), std::move(definition),
                                  std::move(refusal), std::move(found));
  }
  auto done = co_await put(definition, is_new, who);
  if (!done) {
    std::optional<Previewed> nothing;
    co_return co_await watch_page(std::move(request), std::move(name), std::move(definition),
                                  std::move(done.error()), std::move(nothing));
  }
  co_return go_to("/watches/" + percent_encode(std::string(definition.at("name").as_string())));
}

Task<api::Reply> Desk::watch_page(api::Request request, std::string name, json::object definition,
                                  Refusal refusal, std::optional<Previewed> previewed) {
  pages::WatchAnswer answer;
  answer.name = std::move(name);
  answer.definition = std::move(definition);
  answer.status = refusal.status;
  answer.faults = std::move(refusal.sentences);
  if (previewed) {
    answer.warnings = std::move(previewed->warnings);
    answer.preview = std::move(previewed->preview);
  }
  auto context = hooks_.context();
  co_return co_await store_.ask(&pages::watch_form_page, std::move(request), std::move(context),
                                std::move(answer));
}

Task<api::Reply> Desk::hit_form(api::Request request) {
  constexpr std::string_view chosen = "hit:";
  const auto fields = api::parse_form(request.body);
  storage::Triage triage;
  for (const auto& [name, value] : fields)
    if (name.starts_with(chosen)) triage.ids.push_back(name.substr(chosen.size()));
  triage.verdict = storage::verdict_from(field(fields, "verdict"));
  triage.note = filled(fields, "note");
  triage.assignee = filled(fields, "assignee");
  triage.who = request.principal.name;
  const auto done = co_await judge(std::move(triage));
  if (!done) co_return pages::fault_page(request, reply_of(done.error()));
  std::string where = "/hits?verdict=" + percent_encode(field(fields, "of_verdict"));
  where += "&watch=" + percent_encode(field(fields, "of_watch"));
  co_return go_to(std::move(where));
}

}  // namespace tinwatch::app
