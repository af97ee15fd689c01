#include "journal.hpp"

#include "log_line.hpp"

#include <cstdlib>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>

// Fields that every line of ours would have the same.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

namespace tinwatch::log::journal {
namespace {

constexpr auto socket_path = "/run/systemd/journal/socket";

/// TINWATCH_SOURCE=…; what is seen by `journalctl -o verbose` is as harmless as a line.
std::string entry(const Field& field) {
  std::string out = "TINWATCH_";
  for (const char c : field.name.text())
    out += c == '_' ? c : static_cast<char>(c - 'a' + 'A');  // FieldName has no others
  return (out += '=') += shown(field.value);
}

}  // namespace

bool is_standard_error() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const char* const stream = std::getenv("JOURNAL_STREAM");
  struct stat file {};
  if (!stream || ::fstat(STDERR_FILENO, &file) != 0) return false;
  return stream == std::to_string(file.st_dev) + ':' + std::to_string(file.st_ino);
}

bool is_there() { return ::access(socket_path, W_OK) == 0; }

std::string_view mark(Level level) {
  switch (level) {
    case Level::debug: return "<7>";
    case Level::info: return "<6>";
    case Level::warning: return "<4>";
    case Level::error: return "<3>";
  }
  return "";
}

bool send(Level level, std::string_view message, std::span<const Field> fields) {
  std::vector<std::string> entries;
  entries.reserve(fields.size() + 3);
  entries.push_back("MESSAGE=" + std::string(message));
  entries.push_back("PRIORITY=" + std::string(mark(level).substr(1, 1)));
  entries.emplace_back("SYSLOG_IDENTIFIER=tinwatch");
  std::size_t size = 0;
  for (const auto& field : fields) {
    auto one = entry(field);
    size += one.size();
    if (size > longest_line) break;
    entries.push_back(std::move(one));
  }
  std::vector<iovec> parts;
  parts.reserve(entries.size());
  for (auto& one : entries) parts.push_back({one.data(), one.size()});
  return ::sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) == 0;
}

}  // namespace tinwatch::log::journal
