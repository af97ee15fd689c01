#pragma once

#include "sqlite.hpp"
#include "storage/reader.hpp"

namespace tinwatch::storage {

struct Reader::Impl {
  explicit Impl(const std::string& file) : path(file), db(file, sqlite::Access::query_only) {}

  std::string path;
  mutable sqlite::Connection db;
};

template <class Enum>
Enum word(std::optional<Enum> value) {
  if (!value) throw sqlite::Error(SQLITE_CORRUPT, "the database holds an unknown word");
  return *value;
}

}  // namespace tinwatch::storage
