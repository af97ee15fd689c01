#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

/// Logs go to standard error: one event, one line, a sentence and then `field=value`. Foreign text
/// is escaped, so that a headline can neither end a line nor move a cursor, and clipped: journald
/// cuts a line at 48 KiB (LineMax= in journald.conf(5)) and takes the rest for a message of its
/// own, which would be whatever the headline says. A source has 600 lines a minute, errors not
/// counted; what is left out is told.
namespace tinwatch::log {

enum class Level { debug, info, warning, error };

/// Characters of a value, or of the sentence, that are written.
inline constexpr std::size_t longest_value = 500;
/// Bytes of a line; the fields that do not fit are left out.
inline constexpr std::size_t longest_line = 32 * 1024;

/// The name of a field: a literal of lower-case letters and `_`, checked by the compiler.
class FieldName {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): so that a field reads {"url", url}
  consteval FieldName(const char* name) : text_(name) {
    for (const char c : text_)
      if ((c < 'a' || c > 'z') && c != '_') throw "a field's name is of lower-case letters and _";
  }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// What an event is about, in one word or in foreign text.
struct Field {
  FieldName name;
  std::string value;
};

/// Messages below `level` are dropped. Under systemd (JOURNAL_STREAM set) each line begins with the
/// syslog priority `<N>` and has no time, which the journal adds; else with the time.
void set_up(Level level);
[[nodiscard]] bool level_from(std::string_view word, Level& level);

/// What `write` writes, without time and priority.
[[nodiscard]] std::string line_of(std::string_view sentence, std::initializer_list<Field> fields);

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
