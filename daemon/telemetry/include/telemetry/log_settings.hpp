#pragma once

#include <optional>
#include <string_view>

/// How the log is written, as it is configured (docs/operations.md).
namespace tinwatch::log {

enum class Level { debug, info, warning, error };

enum class Format {
  logfmt,  ///< a sentence, and then `field=value`
  json     ///< an object
};

/// The `log` section.
struct Settings {
  Format format = Format::logfmt;
  Level level = Level::info;  ///< what is below it is not written
  friend bool operator==(const Settings&, const Settings&) = default;
};

[[nodiscard]] std::string_view label(Level level);
[[nodiscard]] std::string_view label(Format format);
[[nodiscard]] std::optional<Level> level_from(std::string_view word);
[[nodiscard]] std::optional<Format> format_from(std::string_view word);

}  // namespace tinwatch::log
