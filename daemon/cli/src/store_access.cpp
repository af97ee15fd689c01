#include "store_access.hpp"

#include "api/answer.hpp"
#include "api/client.hpp"
#include "api/guard.hpp"
#include "app/plan_from_config.hpp"
#include "console.hpp"
#include "core/time.hpp"
#include "storage/database_lock.hpp"
#include "storage/error.hpp"
#include "storage/reader.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <stdexcept>

namespace tinwatch::cli {
namespace {

Instant now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

/// The change, and the orderly end of a store that had one before: what a crash left is the
/// daemon's to see.
Task<api::Reply> changed(storage::Store& store, api::Request request, StoreAccess::Change work) {
  auto reply = co_await work(store, std::move(request), now());
  if (store.was_clean()) co_await store.close_cleanly();
  co_return reply;
}

}  // namespace

StoreAccess::StoreAccess(const std::string& config_file)
    : config_(config::load_despite_faults(config_file)) {}

std::optional<api::Reply> StoreAccess::ask(const api::Request& request) const {
  return api::ask(config_.http.socket, request, patience_);
}

api::Reply StoreAccess::get(const std::string& target) const {
  return get(api::parse_target("GET", target));
}

api::Reply StoreAccess::get(const api::Request& request) const {
  if (auto reply = ask(request)) return std::move(*reply);
  const auto limit =
      api::is_examination(request) ? storage::examination_limit : storage::QuestionLimit{};
  const storage::Reader reader(config_.storage.path, limit);
  const auto lock = hold();
  const api::Context context{.now = now(),
                             .utc_offset = app::zone_of(config_).offset_at(now()),
                             .aliases = config_.aliases};
  try {
    auto reply = api::answer(reader, request, context);
    for (const auto& row : reply.damaged) complain("a stored row is damaged and left out: " + row);
    return reply;
  } catch (const storage::sqlite::Error& e) {
    if (storage::is_damage(e)) throw storage::Damaged(config_.storage.path, e.what());
    throw std::runtime_error(config_.storage.path + ": " + e.what());
  }
}

storage::DatabaseLock StoreAccess::hold() const {
  auto lock = storage::DatabaseLock::try_acquire(config_.storage.path);
  if (!lock)
    throw std::runtime_error(config_.storage.path +
                             ": a daemon holds this database, but none answers at " +
                             config_.http.socket + "; is http.socket the one it was started with?");
  return std::move(*lock);
}

api::Reply StoreAccess::change(api::Request request, Change work) const {
  if (auto reply = ask(request)) return std::move(*reply);
  // One that does not exist is the daemon's to make, with its owner and its mode.
  static_cast<void>(storage::Reader(config_.storage.path));
  const auto lock = hold();
  asio::io_context io;
  storage::Store store(config_.storage.path);
  std::optional<api::Reply> reply;
  std::exception_ptr failure;
  asio::co_spawn(io, changed(store, std::move(request), work),
                 [&](const std::exception_ptr& e, api::Reply answer) {
                   failure = e;
                   reply = std::move(answer);
                 });
  io.run();
  if (failure) std::rethrow_exception(failure);
  return std::move(*reply);
}

bool StoreAccess::has_daemon() const {
  return ask(api::parse_target("GET", "/-/healthy")).has_value();
}

api::Reply StoreAccess::post(api::Request request) const {
  request.method = "POST";
  return ask_daemon(request);
}

api::Reply StoreAccess::ask_daemon(const api::Request& request) const {
  auto reply = ask(request);
  if (!reply)
    throw std::runtime_error("no daemon answers at " + config_.http.socket +
                             "; start it with 'tinwatch run'");
  return std::move(*reply);
}

api::Request request_for(std::initializer_list<std::string> segments) {
  api::Request request;
  request.path.assign(segments);
  return request;
}

}  // namespace tinwatch::cli
