#pragma once

#include "api/message.hpp"
#include "storage/reader.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace tinwatch::watch {
class Aliases;
}

namespace tinwatch::api {

struct WatchList;

/// What an answer needs besides the store.
struct Context {
  Instant now{};
  std::string external_url;            ///< ends with a slash; for links that are followed elsewhere
  std::chrono::minutes utc_offset{0};  ///< of the configured zone, for `today` and for people
  std::shared_ptr<const watch::Aliases> aliases = nullptr;  ///< of queries; null: none
  std::shared_ptr<const WatchList> watches =
      nullptr;  ///< api/watch_list.hpp; null: without a daemon
};

/// Answers what can be answered from the store alone of the REST API. The daemon's listener and a
/// command without a daemon call the same function. Pure but for the reader; a reader thread.
[[nodiscard]] Reply answer(const storage::Reader& reader, Request request, Context context);

}  // namespace tinwatch::api
