#pragma once

#include "telemetry/log_settings.hpp"

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// Logs: one event, one line, of a sentence and fields. They go to standard error, as logfmt or
/// JSON; under systemd to the journal, which keeps each field as TINWATCH_NAME besides.
///
/// Foreign text is escaped, so that a headline can neither end a line nor move a cursor, and
/// clipped: journald cuts a line at 48 KiB (LineMax= in journald.conf(5)) and takes the rest for a
/// message of its own, which would be whatever the headline says. What one logs in with is masked
/// in addresses (core/login_mask.hpp). A source has 600 lines a minute, errors not counted; the
/// same warning, and the same trouble, is written once a minute; what is left out is told.
namespace tinwatch::log {

/// Characters of a value, or of the sentence, that are written.
inline constexpr std::size_t longest_value = 500;
/// Bytes of a line; the fields that do not fit are left out.
inline constexpr std::size_t longest_line = 32 * 1024;

/// The name of a field: a literal of lower-case letters and `_`, checked by the compiler; none of
/// those that every line of JSON has.
class FieldName {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): so that a field reads {"url", url}
  consteval FieldName(const char* name) : text_(name) {
    for (const char c : text_)
      if ((c < 'a' || c > 'z') && c != '_') throw "a field's name is of lower-case letters and _";
    if (text_ == "time" || text_ == "level" || text_ == "msg")
      throw "the field is every line's own";
  }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// What an event is about, in one word, in foreign text or in a number.
struct Field {
  Field(FieldName of, std::string text) : name(of), value(std::move(text)) {}
  Field(FieldName of, std::integral auto number)
      : name(of), value(std::to_string(number)), is_number(true) {}

  FieldName name;
  std::string value;
  bool is_number = false;
};
using Fields = std::initializer_list<Field>;

/// Where standard error is the journal's (JOURNAL_STREAM), lines go to its socket, and else each
/// begins with the time. With `keeps_level` a later `follow` changes the format alone.
void set_up(Settings settings, bool keeps_level = false);
/// What another configuration says; any thread.
void follow(Settings settings);

/// For what costs something to put together.
[[nodiscard]] bool is_on(Level level);

void write(Level level, std::string_view sentence, Fields fields = {});
void write(Level level, std::string_view sentence, std::span<const Field> fields);

inline void debug(std::string_view sentence, Fields fields = {}) {
  write(Level::debug, sentence, fields);
}
inline void info(std::string_view sentence, Fields fields = {}) {
  write(Level::info, sentence, fields);
}
inline void warning(std::string_view sentence, Fields fields = {}) {
  write(Level::warning, sentence, fields);
}
inline void error(std::string_view sentence, Fields fields = {}) {
  write(Level::error, sentence, fields);
}

/// An error that one cause brings about again and again, each time in something else: a full disk,
/// in all that is to be written. Whatever it is `about`, the same `why` is told once a minute.
void trouble(std::string_view sentence, const std::string& why, Fields about = {});

/// Tells what was left out so far: the last thing of a run.
void tell_rest();

}  // namespace tinwatch::log
