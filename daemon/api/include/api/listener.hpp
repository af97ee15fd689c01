#pragma once

#include "api/connections.hpp"
#include "api/message.hpp"
#include "async/task.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace tinwatch::api {

/// What a listener does with what it reads.
struct Service {
  /// Answers one request. Throws nothing but operation_aborted; every failure is a Reply.
  std::function<Task<Reply>(Request)> answer;
  /// A message that is no request was answered with this status.
  std::function<void(int status)> refused;
};

/// How long a peer is waited for.
struct Timeouts {
  std::chrono::milliseconds request{10'000};  ///< for header and body
  std::chrono::milliseconds answer{120'000};  ///< for the peer to take it
  std::chrono::milliseconds farewell{2'000};  ///< to a peer that still sends what is refused
  std::chrono::milliseconds piece{30'000};    ///< for the peer to take a piece of a stream
};

/// An HTTP/1.1 server on one address. At most 8 KiB of header and 64 KiB of body;
/// what is longer, slower or no HTTP is answered and its connection closed. Strict headers on every
/// answer. Belongs to the io thread.
class Listener {
 public:
  /// `address` is HOST:PORT, or an absolute path for a Unix socket (mode 0660; a stale one is
  /// replaced). Throws std::runtime_error with a message for people when it cannot listen there.
  Listener(const asio::any_io_executor& executor, const std::string& address, Service service,
           Connections& connections, Timeouts timeouts = {});
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Accepts until cancelled.
  Task<> run();

  /// The port that was bound (for port 0); 0 for a Unix socket.
  [[nodiscard]] unsigned short port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tinwatch::api
