#pragma once

#include "api/message.hpp"
#include "async/task.hpp"
#include "config/config.hpp"
#include "storage/database_lock.hpp"
#include "storage/store.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace tinwatch::cli {

/// Where a command finds its answers: the running daemon over its local socket, or the database
/// itself when no daemon holds it. Both give the same answers, made by the same function.
class StoreAccess {
 public:
  /// `config_file` may have faults: a question to a running daemon must work all the same.
  explicit StoreAccess(const std::string& config_file);
  explicit StoreAccess(config::Config config) : config_(std::move(config)) {}
  /// The daemon is given up, as one that broke off, when an answer takes longer.
  StoreAccess(config::Config config, Duration patience)
      : config_(std::move(config)), patience_(patience) {}
  /// For what a command says by the way: that must not keep it from its work.
  static constexpr Duration by_the_way = std::chrono::seconds{3};

  /// Throws std::runtime_error when neither is to be had.
  [[nodiscard]] api::Reply get(const std::string& target) const;
  [[nodiscard]] api::Reply get(const api::Request& request) const;
  /// Whether a daemon answers; without one the database itself is asked.
  [[nodiscard]] bool has_daemon() const;
  /// What only a running daemon knows. Throws std::runtime_error when none runs.
  [[nodiscard]] api::Reply ask_daemon(const api::Request& request) const;
  /// What only it can do. Throws likewise.
  [[nodiscard]] api::Reply post(api::Request request) const;
  /// What changes the database alone: done by the running daemon, or here by the function that the
  /// daemon would call. Throws std::runtime_error when neither can.
  using Change = Task<api::Reply> (*)(storage::Store&, api::Request, Instant);
  [[nodiscard]] api::Reply change(api::Request request, Change work) const;

  [[nodiscard]] const config::Config& config() const { return config_; }

 private:
  /// No daemon that cannot be asked has the database, and none will while this lives. Throws.
  [[nodiscard]] storage::DatabaseLock hold() const;
  [[nodiscard]] std::optional<api::Reply> ask(const api::Request& request) const;

  config::Config config_;
  std::optional<Duration> patience_;  ///< none: however long it takes
};

/// A request for `segments` (each one path segment, encoded on the way).
[[nodiscard]] api::Request request_for(std::initializer_list<std::string> segments);

}  // namespace tinwatch::cli
