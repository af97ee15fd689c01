#pragma once

#include "telemetry/log.hpp"

#include <span>
#include <string>
#include <string_view>

/// The journal's own socket (sd_journal_sendv(3)), which takes fields beside the message.
namespace tinwatch::log::journal {

/// Whether standard error leads to the journal: JOURNAL_STREAM names it (systemd.exec(5)).
[[nodiscard]] bool is_standard_error();

/// Whether the socket is there.
[[nodiscard]] bool is_there();

/// Sends MESSAGE, PRIORITY, SYSLOG_IDENTIFIER and each field as TINWATCH_NAME; false: it was not
/// taken.
[[nodiscard]] bool send(Level level, std::string_view message, std::span<const Field> fields);

/// RFC 5424 severities, as sd-daemon(3) wants them in front of a line: `<6>`.
[[nodiscard]] std::string_view mark(Level level);

}  // namespace tinwatch::log::journal
