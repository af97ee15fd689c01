#include "telemetry/log.hpp"

#include "core/screen_text.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

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
  auto* const logger = spdlog::default_logger_raw();
  if (!logger->should_log(of(level))) return;
  logger->log(of(level), "{}{}", under_journal() ? priority(level) : "", line_of(sentence, fields));
}

}  // namespace tinwatch::log
