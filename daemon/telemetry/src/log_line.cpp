#include "log_line.hpp"

#include "core/login_mask.hpp"
#include "core/screen_text.hpp"
#include "core/time.hpp"

namespace tinwatch::log {
namespace {

std::string quoted(std::string_view value) {
  auto text = shown(value);
  if (!text.empty() && text.find_first_of(" \"=") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// Of what `shown` has made harmless: nothing else is left to be escaped.
void add_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string shown(std::string_view value) {
  if (value.find("://") == std::string_view::npos) return escape_controls(value, longest_value);
  return escape_controls(mask_logins(value), longest_value);
}

std::string logfmt_line(std::string_view sentence, std::span<const Field> fields) {
  static constexpr std::string_view more = " …";
  auto line = shown(sentence);
  for (const auto& field : fields) {
    const auto value = quoted(field.value);
    const auto name = field.name.text();
    if (line.size() + name.size() + value.size() + 2 + more.size() > longest_line)
      return line.append(more);
    ((line += ' ') += name) += '=';
    line += value;
  }
  return line;
}

std::string json_line(Instant at, Level level, std::string_view sentence,
                      std::span<const Field> fields) {
  static constexpr std::string_view more = R"(,"cut":true)";
  std::string line = R"({"time":")" + to_rfc3339(at) + R"(","level":")";
  (line += label(level)) += R"(","msg":)";
  add_json_text(line, shown(sentence));
  std::string one;
  for (const auto& field : fields) {
    one = ",\"";
    (one += field.name.text()) += "\":";
    if (field.is_number)
      one += field.value;
    else
      add_json_text(one, shown(field.value));
    if (line.size() + one.size() + more.size() + 1 > longest_line) {
      line += more;
      break;
    }
    line += one;
  }
  return line += '}';
}

}  // namespace tinwatch::log
