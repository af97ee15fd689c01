#include "app/desk.hpp"

#include "api/watch_list.hpp"
#include "async/counted.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "storage/own_watches.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace tinwatch::app {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::size_t most_own = 5000;        // watches
constexpr std::ptrdiff_t most_metrics = 200;  // of all watches
constexpr Duration longest_snooze = 366 * 24h;
constexpr std::size_t most_told = 10;  // faults of one watch

/// How many other watches are a label of metrics.
std::ptrdiff_t metric_watches(const config::Config& config, const std::string& name) {
  return std::count_if(config.watches.begin(), config.watches.end(),
                       [&](const auto& watch) { return watch.metrics && watch.name != name; });
}

}  // namespace

Desk::Desk(storage::Store& store, Clock& clock, Hooks hooks)
    : store_(store), clock_(clock), hooks_(std::move(hooks)) {}

api::Reply Desk::reply_of(const Refusal& refusal) {
  auto sentences = refusal.sentences;
  if (sentences.size() > most_told) sentences.resize(most_told);
  const auto* const title = refusal.status == 409   ? "Conflict"
                            : refusal.status == 404 ? "Not Found"
                            : refusal.status == 503 ? "Service Unavailable"
                                                    : "Bad Request";
  auto reply = api::problem(refusal.status, title, join(sentences, "\n"));
  if (refusal.query) {
    auto body = json::parse(reply.body).as_object();
    body["query"] = {{"line", refusal.query->line},
                     {"column", refusal.query->column},
                     {"message", refusal.query->message}};
    reply.body = json::serialize(body);
  }
  if (refusal.status == 503) reply.retry_after = 5;
  return reply;
}

bool Desk::is_of_file(const std::string& name) const {
  const auto& watches = hooks_.config().watches;
  return std::any_of(watches.begin(), watches.end(), [&](const auto& watch) {
    return watch.origin == config::Origin::file && watch.name == name;
  });
}

Result<config::OwnWatch, Desk::Refusal> Desk::read(const json::object& definition) const {
  auto watch = config::read_own_watch(definition, hooks_.config());
  if (watch) return std::move(*watch);
  auto& faults = watch.error();
  return fail(Refusal{400, std::move(faults.sentences), std::move(faults.query)});
}

api::Reply Desk::shown(const std::string& name) const {
  const auto context = hooks_.context();
  const auto* const watch = context.watches->find(name);
  const auto body = watch ? api::watch_json(*watch, context.now) : json::object{{"name", name}};
  return api::json_reply(body);
}

Task<Result<bool, Desk::Refusal>> Desk::put(json::object definition, bool is_new, std::string who) {
  auto read = this->read(definition);
  if (!read) co_return fail(std::move(read.error()));
  const auto name = read->watch.name;
  if (is_of_file(name))
    co_return fail(
        Refusal{409, {"the configuration has a watch '" + name + "', which is edited there"}, {}});
  const auto list = hooks_.context().watches;
  const auto own = std::count_if(list->watches.begin(), list->watches.end(),
                                 [](const auto& watch) { return watch.is_own; });
  if (is_new && static_cast<std::size_t>(own) >= most_own)
    co_return fail(Refusal{409, {"there are 5000 watches here, which is the limit"}, {}});
  if (read->watch.metrics && metric_watches(hooks_.config(), name) >= most_metrics)
    co_return fail(Refusal{409, {"200 watches have metrics: true, which is the limit"}, {}});
  storage::WatchChange change{name, json::serialize(definition), std::move(who), clock_.now()};
  const auto write = is_new ? &storage::add_watch : &storage::change_watch;
  const bool is_written = co_await store_.write(write, std::move(change));
  if (!is_written && is_new)
    co_return fail(Refusal{409, {"there is a watch '" + name + "' already"}, {}});
  if (!is_written) co_return fail(Refusal{404, {"no watch '" + name + "' was made here"}, {}});
  co_await hooks_.follow();
  co_return true;
}

Task<Result<bool, Desk::Refusal>> Desk::take_away(std::string name, std::string who) {
  const bool remains = is_of_file(name);
  const auto its_snooze = remains ? storage::ItsSnooze::stays : storage::ItsSnooze::ends;
  const bool was_there =
      co_await store_.write(&storage::delete_watch, name, its_snooze, who, clock_.now());
  if (!was_there && remains)
    co_return fail(
        Refusal{409, {"the configuration has the watch '" + name + "': delete it there"}, {}});
  if (!was_there) co_return fail(Refusal{404, {"no watch '" + name + "'"}, {}});
  co_await hooks_.follow();
  co_return remains;
}

Task<Result<Desk::Previewed, Desk::Refusal>> Desk::preview(json::object definition) {
  if (previews_ > 0)
    co_return fail(Refusal{503, {"another preview is under way; ask again in a moment"}, {}});
  if (!definition.contains("name")) definition["name"] = "preview";
  const auto& config = hooks_.config();
  auto read = this->read(definition);
  if (!read) co_return fail(std::move(read.error()));
  api::PreviewQuestion question{.query = read->watch.query,
                                .before = nullptr,
                                .include_baseline = read->watch.include_baseline,
                                .include_backfill = read->watch.include_backfill,
                                .now = clock_.now()};
  for (const auto& watch : config.watches)
    if (watch.name == read->watch.name) question.before = watch.query;
  Previewed out{.preview = {}, .warnings = std::move(read->warnings)};
  const Counted counted(previews_);
  out.preview = co_await store_.ask(&api::preview, std::move(question));
  co_return std::move(out);
}

Task<Result<bool, Desk::Refusal>> Desk::put_to_sleep(std::string name, Instant until,
                                                     std::string who) {
  const auto& watches = hooks_.config().watches;
  const bool is_known = std::any_of(watches.begin(), watches.end(),
                                    [&](const auto& watch) { return watch.name == name; });
  if (!is_known) co_return fail(Refusal{404, {"no watch '" + name + "' is in force"}, {}});
  storage::Snooze snooze{std::move(name), until, std::move(who)};
  co_await store_.write(&storage::snooze, std::move(snooze), clock_.now());
  co_await hooks_.follow();
  co_return true;
}

Task<Result<bool, Desk::Refusal>> Desk::wake(std::string name, std::string who) {
  const bool slept = co_await store_.write(&storage::end_snooze, name, who, clock_.now());
  if (!slept) {
    const auto context = hooks_.context();
    const auto* const watch = context.watches->find(name);
    const auto until = watch ? watch->snoozed_until(context.now) : std::nullopt;
    if (until)
      co_return fail(Refusal{
          409,
          {"the configuration snoozes the watch '" + name + "' until " + to_rfc3339(*until)},
          {}});
    co_return fail(Refusal{404, {"the watch '" + name + "' is not snoozed"}, {}});
  }
  co_await hooks_.follow();
  co_return true;
}

Task<Result<bool, Desk::Refusal>> Desk::judge(storage::Triage triage) {
  constexpr std::size_t longest_note = 2000;
  constexpr std::size_t longest_name = 200;
  if (triage.ids.empty()) co_return fail(Refusal{400, {"say which: choose a hit or more"}, {}});
  if (triage.ids.size() > storage::Triage::most)
    co_return fail(Refusal{400, {"at most 1000 hits at once"}, {}});
  if (!triage.verdict && !triage.note && !triage.assignee)
    co_return fail(Refusal{400, {"say what of them: a verdict, a note or an assignee"}, {}});
  if (triage.note.value_or("").size() > longest_note ||
      triage.assignee.value_or("").size() > longest_name)
    co_return fail(Refusal{400, {"a note has 2000 bytes at most, an assignee 200"}, {}});
  triage.at = clock_.now();
  auto unknown = co_await store_.write(&storage::triage, std::move(triage));
  if (unknown.empty()) co_return true;
  if (unknown.size() > most_told) unknown.resize(most_told);
  co_return fail(Refusal{404, {"no such hit: " + join(unknown, ", ")}, {}});
}

Result<Instant, Desk::Refusal> Desk::until_of(const Fields& fields) const {
  const auto context = hooks_.context();
  const auto value = [&](const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  };
  const auto until = value("until");
  const auto time = value("for");
  std::optional<Instant> out;
  if (!until.empty()) {
    const auto at = parse_iso8601(until, context.utc_offset);
    if (at) out = at->at;
  } else if (const auto length = parse_duration(time)) {
    if (*length <= longest_snooze) out = context.now + *length;
  }
  if (!out || *out <= context.now || *out > context.now + longest_snooze)
    return fail(Refusal{400,
                        {"until must be a time to come, at most a year ahead, such as "
                         "2026-03-04T08:00:00+07:00; or for a duration such as 4h"},
                        {}});
  return *out;
}

}  // namespace tinwatch::app
