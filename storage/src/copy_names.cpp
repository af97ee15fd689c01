#include "copy_names.hpp"

#include "core/time.hpp"
#include "schema.hpp"

#include <filesystem>

namespace tinwatch::storage {

std::string stamp(Instant at) {
  auto text = to_rfc3339(Instant(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch())));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string free_name(const std::string& before, Instant at, const std::string& after) {
  for (;; at += std::chrono::seconds(1))  // two within a second
    if (auto name = before + stamp(at) + after; !std::filesystem::exists(name)) return name;
}

std::string stem_of(const std::string& path) {
  return std::filesystem::path(path).replace_extension().string();
}

std::string hash_file_of(const std::string& file) { return file + ".sha256"; }

std::string copy_of_schema(const std::string& database, int schema) {
  return stem_of(database) + ".schema-" + std::to_string(schema) + ".db";
}

std::string way_back(const std::string& database) {
  for (int schema = schema_version; schema > 0; --schema)
    if (const auto copy = copy_of_schema(database, schema); std::filesystem::exists(copy))
      return "install that version, or go back to what was before the upgrade: 'tinwatch db "
             "restore " +
             copy + "'";
  return "install that version, or restore a backup made before the upgrade ('tinwatch db restore "
         "BACKUP')";
}

}  // namespace tinwatch::storage
