#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

/// Logs go to standard error: one event, one line, a sentence and then `field=value`. Foreign text
/// is escaped, so that a headline can neither end a line nor move a cursor.
namespace tinwatch::log {

enum class Level { debug, info, warning, error };

using Field = std::pair<std::string_view, std::string>;

/// Messages below `level` are dropped. Under systemd (JOURNAL_STREAM set) each line begins with the
/// syslog priority `<N>` and has no time, which the journal adds; else with the time.
void set_up(Level level);
[[nodiscard]] bool level_from(std::string_view word, Level& level);

void write(Level level, std::string_view sentence, std::initializer_list<Field> fields = {});

inline void debug(std::string_view sentence, std::initializer_list<Field> fields = {}) {
  write(Level::debug, sentence, fields);
}
inline void info(std::string_view sentence, std::initializer_list<Field> fields = {}) {
  write(Level::info, sentence, fields);
}
inline void warning(std::string_view sentence, std::initializer_list<Field> fields = {}) {
  write(Level::warning, sentence, fields);
}
inline void error(std::string_view sentence, std::initializer_list<Field> fields = {}) {
  write(Level::error, sentence, fields);
}

}  // namespace tinwatch::log
