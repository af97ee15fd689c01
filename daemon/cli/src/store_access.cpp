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

#include <stdexcept>

namespace tinwatch::cli {
namespace {

Instant now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

}  // namespace

StoreAccess::StoreAccess(const std::string& config_file)
    : config_(config::load_despite_faults(config_file)) {}

api::Reply StoreAccess::get(const std::string& target) const {
  return get(api::parse_target("GET", target));
}

api::Reply StoreAccess::get(const api::Request& request) const {
  if (auto reply = api::ask(config_.http.socket, request)) return std::move(*reply);
  const auto limit =
      api::is_examination(request) ? storage::examination_limit : storage::QuestionLimit{};
  const storage::Reader reader(config_.storage.path, limit);
  const auto lock = storage::DatabaseLock::try_acquire(config_.storage.path);
  if (!lock)
    throw std::runtime_error(config_.storage.path +
                             ": a daemon holds this database, but none answers at " +
                             config_.http.socket + "; is http.socket the one it was started with?");
  const api::Context context{.now = now(), .utc_offset = app::zone_of(config_).offset_at(now())};
  try {
    auto reply = api::answer(reader, request, context);
    for (const auto& row : reply.damaged) complain("a stored row is damaged and left out: " + row);
    return reply;
  } catch (const storage::sqlite::Error& e) {
    if (storage::is_damage(e)) throw storage::Damaged(config_.storage.path, e.what());
    throw std::runtime_error(config_.storage.path + ": " + e.what());
  }
}

bool StoreAccess::has_daemon() const {
  return api::ask(config_.http.socket, api::parse_target("GET", "/-/healthy")).has_value();
}

api::Reply StoreAccess::post(api::Request request) const {
  request.method = "POST";
  auto reply = api::ask(config_.http.socket, request);
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
