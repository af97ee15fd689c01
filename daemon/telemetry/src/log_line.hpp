#pragma once

#include "core/types.hpp"
#include "telemetry/log.hpp"

#include <span>
#include <string>
#include <string_view>

/// The forms of a line, without its end. No line is longer than `longest_line`, a time in front not
/// counted.
namespace tinwatch::log {

/// A value as every form shows it: short, harmless on a screen, without logins.
[[nodiscard]] std::string shown(std::string_view value);

/// `sentence field=value field="another value"`
[[nodiscard]] std::string logfmt_line(std::string_view sentence, std::span<const Field> fields);

/// An object: time (RFC 3339, UTC), level, msg, then the fields; `cut` where some did not fit.
[[nodiscard]] std::string json_line(Instant at, Level level, std::string_view sentence,
                                    std::span<const Field> fields);

}  // namespace tinwatch::log
