#include "telemetry/log_settings.hpp"

namespace tinwatch::log {

std::string_view label(Level level) {
  switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warning: return "warning";
    case Level::error: return "error";
  }
  return "";
}

std::string_view label(Format format) {
  switch (format) {
    case Format::logfmt: return "logfmt";
    case Format::json: return "json";
  }
  return "";
}

std::optional<Level> level_from(std::string_view word) {
  for (const auto level : {Level::debug, Level::info, Level::warning, Level::error})
    if (word == label(level)) return level;
  return std::nullopt;
}

std::optional<Format> format_from(std::string_view word) {
  for (const auto format : {Format::logfmt, Format::json})
    if (word == label(format)) return format;
  return std::nullopt;
}

}  // namespace tinwatch::log
