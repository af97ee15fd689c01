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

struct Route;

/// Answers a row of the table (api/routes.hpp; never null) that asks the store alone, for a request
/// whose parameters were checked. Pure but for the reader; a reader thread.
[[nodiscard]] Reply answer_row(const storage::Reader& reader, const Route* route, Request request,
                               Context context);
/// The same for a command without a daemon: it finds the row, and checks.
[[nodiscard]] Reply answer(const storage::Reader& reader, Request request, Context context);

}  // namespace tinwatch::api
