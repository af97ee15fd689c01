#pragma once

#include "sqlite.hpp"
#include "storage/reader.hpp"

#include <atomic>
#include <chrono>

namespace tinwatch::storage {

struct Reader::Impl {
  Impl(const std::string& file, QuestionLimit question_limit)
      : path(file), limit(question_limit), db(file, sqlite::Access::query_only) {
    begin_question();
    db.watch([this] { return is_over(); });
  }

  void begin_question() {
    deadline = std::chrono::steady_clock::now() + limit.time;
    steps = 0;
  }
  bool is_over() {
    steps += sqlite::steps_between_looks;
    return interrupted || steps > limit.steps || std::chrono::steady_clock::now() > deadline;
  }

  std::string path;
  QuestionLimit limit;
  std::chrono::steady_clock::time_point deadline;
  std::uint64_t steps = 0;
  std::atomic<bool> interrupted = false;
  mutable sqlite::Connection db;
};

template <class Enum>
Enum word(std::optional<Enum> value) {
  if (!value) throw sqlite::Error(SQLITE_CORRUPT, "the database holds an unknown word");
  return *value;
}

}  // namespace tinwatch::storage
