#pragma once

#include "api/message.hpp"
#include "async/task.hpp"
#include "async/task_group.hpp"

#include <functional>
#include <memory>
#include <string>

namespace tinwatch::api {

/// Answers one request. Throws nothing but operation_aborted; every failure is a Reply.
using Handler = std::function<Task<Reply>(Request)>;

/// An HTTP/1.1 server on one address. 10 s for a request's header and body, 8 KiB of header, 1 MiB
/// of body; strict headers on every answer. Belongs to the io thread.
class Listener {
 public:
  /// `address` is HOST:PORT, or an absolute path for a Unix socket (mode 0660; a stale one is
  /// replaced). Throws std::runtime_error with a message for people when it cannot listen there.
  Listener(const asio::any_io_executor& executor, const std::string& address, Handler handler,
           TaskGroup& connections);
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
