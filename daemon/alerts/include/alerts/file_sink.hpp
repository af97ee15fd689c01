#pragma once

#include "alerts/alert_sink.hpp"

#include <boost/asio/static_thread_pool.hpp>

#include <string>

namespace tinwatch::alerts {

/// Appends each message as a line. The file is opened for each one, so that it may be rotated at
/// any time; it is made for its owner and group alone. A line is there whole or not at all: what a
/// full disk left of one is cut off again.
class FileSink final : public AlertSink {
 public:
  explicit FileSink(std::string path) : path_(std::move(path)) {}
  Task<DeliveryResult> deliver(Message message) override;

 private:
  std::string path_;
  asio::static_thread_pool thread_{1};  // a slow disk holds up nobody else
};

}  // namespace tinwatch::alerts
