#include "telemetry/log.hpp"

#include "core/screen_text.hpp"
#include "line_share.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>

namespace tinwatch::log {
namespace {

spdlog::level::level_enum of(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

/// RFC 5424 severities, as sd-daemon(3) wants them in front of a line.
std::string_view priority(Level level) {
  switch (level) {
    case Level::debug: return "<7>";
    case Level::info: return "<6>";
    case Level::warning: return "<4>";
    case Level::error: return "<3>";
  }
  return "";
}

bool under_journal() {
  static const bool set =
      std::getenv("JOURNAL_STREAM") != nullptr;  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return set;
}

std::string quoted(std::string_view value) {
  auto escaped = escape_controls(value, longest_value);
  if (!escaped.empty() && escaped.find_first_of(" \"=") == std::string::npos) return escaped;
  std::string out = "\"";
  for (const char c : escaped) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void write_line(Level level, const std::string& line) {
  spdlog::default_logger_raw()->log(of(level), "{}{}", under_journal() ? priority(level) : "",
                                    line);
}

LineShare::Verdict share_of(const std::string& source) {
  static std::mutex mutex;
  static LineShare share;
  const std::lock_guard lock(mutex);
  return share.admit(source, std::chrono::steady_clock::now());
}

}  // namespace

void set_up(Level level) {
  auto logger = std::make_shared<spdlog::logger>("tinwatch",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(of(level));
  logger->set_pattern(under_journal() ? "%v" : "%Y-%m-%dT%H:%M:%S.%e%z %l: %v");
  logger->flush_on(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
}

bool level_from(std::string_view word, Level& level) {
  if (word == "debug")
    level = Level::debug;
  else if (word == "info")
    level = Level::info;
  else if (word == "warning")
    level = Level::warning;
  else if (word == "error")
    level = Level::error;
  else
    return false;
  return true;
}

std::string line_of(std::string_view sentence, std::initializer_list<Field> fields) {
  static constexpr std::string_view more = " …";
  auto line = escape_controls(sentence, longest_value);
  for (const auto& field : fields) {
    const auto text = ' ' + std::string(field.name.text()) + '=' + quoted(field.value);
    if (line.size() + text.size() + more.size() > longest_line) return line.append(more);
    line += text;
  }
  return line;
}

void write(Level level, std::string_view sentence, std::initializer_list<Field> fields) {
  if (!spdlog::default_logger_raw()->should_log(of(level))) return;
  const auto source = std::find_if(fields.begin(), fields.end(), [](const Field& field) {
    return field.name.text() == "source";
  });
  // What we stopped doing is always told.
  if (source == fields.end() || level == Level::error) {
    write_line(level, line_of(sentence, fields));
    return;
  }
  const auto verdict = share_of(source->value);
  if (verdict.left_out > 0)
    write_line(Level::warning,
               line_of("lines of this source were left out",
                       {{"source", source->value}, {"lines", std::to_string(verdict.left_out)}}));
  if (!verdict.written) return;
  write_line(level, line_of(sentence, fields));
  if (verdict.is_last)
    write_line(Level::warning,
               line_of("so many lines of one source; the rest of this minute's are left out",
                       {{"source", source->value}}));
}

}  // namespace tinwatch::log
