#pragma once

#include "api/message.hpp"
#include "storage/reader.hpp"

#include <chrono>

namespace tinwatch::api {

/// What an answer needs besides the store.
struct Context {
  Instant now{};
  std::chrono::minutes utc_offset{0};  ///< of the configured zone, for `today` and for people
};

/// Answers what can be answered from the store alone: the REST API and the pages. The daemon's
/// listener and a command without a daemon call the same function. Pure but for the reader; a
/// reader thread.
[[nodiscard]] Reply answer(const storage::Reader& reader, Request request, Context context);

}  // namespace tinwatch::api
