#pragma once

#include "alerts/alert_sink.hpp"

#include <boost/asio/static_thread_pool.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::alerts {

/// Who runs a program, with his groups and no capabilities.
struct ExecUser {
  std::string name;
  unsigned group = 0;  ///< his own (gid)
};

/// A program that is run.
struct ExecSettings {
  std::vector<std::string> command;  ///< an absolute path and its arguments; no shell
  Duration timeout = std::chrono::seconds{20};
  std::optional<ExecUser> user;  ///< nothing: the daemon's own
};

/// Runs a program for each message, with the message on its standard input, PATH, LANG and
/// TINWATCH_MESSAGE_ID in its environment and nothing else of ours. Status 0: it has it; 75
/// (EX_TEMPFAIL): again later; any other: this message is refused. One that takes too long is
/// killed with all that it started, and tried again. What it says first on standard error is told
/// on. Without the right to run it as `user`, the receiver is set up wrongly.
class ExecSink final : public AlertSink {
 public:
  explicit ExecSink(ExecSettings settings) : settings_(std::move(settings)) {}
  /// Kills the program that runs.
  ~ExecSink() override;
  Task<DeliveryResult> deliver(Message message) override;

 private:
  ExecSettings settings_;
  std::shared_ptr<std::atomic<bool>> stopped_ = std::make_shared<std::atomic<bool>>(false);
  std::shared_ptr<std::vector<int>> running_on_ =
      std::make_shared<std::vector<int>>();  // processes
  asio::static_thread_pool thread_{1};       // it waits for its program, and for nobody else's
};

}  // namespace tinwatch::alerts
