#include "telemetry/log.hpp"

#include "journal.hpp"
#include "line_share.hpp"
#include "log_line.hpp"
#include "repeats.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace tinwatch::log {
namespace {

using Given = std::span<const Field>;

/// The log is one, and every thread writes to it.
struct State {
  std::atomic<Level> level = Level::info;
  std::atomic<Format> format = Format::logfmt;
  std::atomic<bool> keeps_level = false;
  std::atomic<bool> is_journal = false;  // standard error is
  std::atomic<bool> has_socket = false;  // and its socket is there
  // Made by set_up, before there are threads; null: it was not called.
  std::shared_ptr<spdlog::logger> bare;
  std::shared_ptr<spdlog::logger> timed;
  std::mutex mutex;  // of what follows
  LineShare share;
  Repeats repeats;
};

State& state() {
  static State one;
  return one;
}

spdlog::level::level_enum of(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

Instant now() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

void put(Level level, std::string_view sentence, Given fields) {
  const auto& how = state();
  const bool is_json = how.format == Format::json;
  const auto line =
      is_json ? json_line(now(), level, sentence, fields) : logfmt_line(sentence, fields);
  if (how.has_socket && journal::send(level, line, fields)) return;
  // Where standard error is the journal's, that knows the time, and so does an object of JSON.
  const auto& logger = is_json || how.is_journal ? how.bare : how.timed;
  auto* const chosen = logger ? logger.get() : spdlog::default_logger_raw();
  chosen->log(of(level), "{}{}", how.is_journal ? journal::mark(level) : "", line);
}

void put_repeated(Level level, std::string_view sentence, Given fields, int times) {
  std::vector<Field> all(fields.begin(), fields.end());
  all.emplace_back(FieldName("repeated"), times);
  put(level, sentence, all);
}

void put_left_out(const Field& source, int lines) {
  const std::vector<Field> told{source, {"lines", lines}};
  put(Level::warning, "lines of this source were left out", told);
}

void tell(const std::vector<Repeats::Counted>& lines) {
  for (const auto& line : lines) put_repeated(line.level, line.sentence, line.fields, line.times);
}

const Field* source_in(Given fields) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [](const Field& field) { return field.name.text() == "source"; });
  return found == fields.end() ? nullptr : &*found;
}

/// What becomes of a line.
struct Turn {
  std::vector<Repeats::Counted> due;  ///< comes before it
  std::optional<int> repeated = 0;    ///< since it was written last; nothing: it is left out
  LineShare::Verdict share;
};

/// `same_by`: the fields by which a line is another one's repetition; nothing: it is none.
Turn take_turn(Level level, std::string_view sentence, const Field* source,
               std::optional<Given> same_by) {
  auto& all = state();
  const auto at = std::chrono::steady_clock::now();
  const std::lock_guard lock(all.mutex);
  Turn out;
  if (same_by) out.repeated = all.repeats.admit(level, sentence, *same_by, at);
  out.due = all.repeats.take_due(at);
  // What we stopped doing is always told.
  if (out.repeated && source && level != Level::error)
    out.share = all.share.admit(source->value, at);
  if (same_by && out.repeated && !out.share.written)
    all.repeats.put_back(sentence, *same_by, *out.repeated);
  return out;
}

void write(Level level, std::string_view sentence, Given fields, std::optional<Given> same_by) {
  const auto* source = source_in(fields);
  const auto turn = take_turn(level, sentence, source, same_by);
  tell(turn.due);
  if (turn.share.left_out > 0) put_left_out(*source, turn.share.left_out);
  if (!turn.repeated || !turn.share.written) return;
  if (*turn.repeated > 0)
    put_repeated(level, sentence, fields, *turn.repeated);
  else
    put(level, sentence, fields);
  if (turn.share.is_last)
    put(Level::warning, "so many lines of one source; the rest of this minute's are left out",
        Given(source, 1));
}

std::shared_ptr<spdlog::logger> logger_of(const char* pattern) {
  auto logger = std::make_shared<spdlog::logger>("tinwatch",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(spdlog::level::trace);  // what is written is decided here
  logger->flush_on(spdlog::level::trace);
  logger->set_pattern(pattern);
  return logger;
}

}  // namespace

void set_up(Settings settings, bool keeps_level) {
  auto& all = state();
  all.bare = logger_of("%v");
  all.timed = logger_of("%Y-%m-%dT%H:%M:%S.%e%z %l: %v");
  all.is_journal = journal::is_standard_error();
  all.has_socket = all.is_journal && journal::is_there();
  all.keeps_level = false;
  follow(settings);
  all.keeps_level = keeps_level;
}

void follow(Settings settings) {
  auto& all = state();
  if (!all.keeps_level) all.level = settings.level;
  all.format = settings.format;
}

bool is_on(Level level) { return level >= state().level.load(std::memory_order_relaxed); }

void write(Level level, std::string_view sentence, Fields fields) {
  write(level, sentence, Given(fields.begin(), fields.size()));
}

void write(Level level, std::string_view sentence, Given fields) {
  if (!is_on(level)) return;
  const bool may_repeat = level == Level::warning;
  write(level, sentence, fields, may_repeat ? std::optional(fields) : std::nullopt);
}

void trouble(std::string_view sentence, const std::string& why, Fields about) {
  if (!is_on(Level::error)) return;
  const Field cause("why", why);
  std::vector<Field> fields(about);
  fields.push_back(cause);
  write(Level::error, sentence, fields, Given(&cause, 1));
}

void tell_rest() {
  auto& all = state();
  std::vector<Repeats::Counted> rest;
  std::map<std::string, int> left_out;
  {
    const std::lock_guard lock(all.mutex);
    rest = all.repeats.take_all();
    left_out = all.share.take_left_out();
  }
  tell(rest);
  for (const auto& [source, lines] : left_out) put_left_out({"source", source}, lines);
}

}  // namespace tinwatch::log
