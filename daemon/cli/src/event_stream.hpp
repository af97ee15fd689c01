#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tinwatch::cli {

/// One of the server-sent events (HTML, living standard, 9.2.6).
struct StreamEvent {
  std::string id;    ///< the last one that was said
  std::string name;  ///< `message` where it has none of its own
  std::string data;  ///< its lines, with a newline between
};

/// Takes a stream apart as its bytes come, in whatever pieces. Only lines that end with a newline
/// are taken, as ours do. What is not whole when a stream ends was not said: make another for the
/// next one.
class EventStream {
 public:
  using OnEvent = std::function<void(const StreamEvent&)>;
  explicit EventStream(OnEvent on_event) : on_event_(std::move(on_event)) {}

  void take(std::string_view piece);

 private:
  void take_line(std::string_view line);

  OnEvent on_event_;
  std::string open_;  // a line that has no end yet
  StreamEvent next_;
  bool has_data_ = false;
};

/// Before a stream is asked for again: as long as the last answer said (`Retry-After`, in seconds;
/// 0: nothing), but no less than browsers are told to wait, and no longer than a minute.
[[nodiscard]] std::chrono::seconds pause_before_next(int retry_after);

}  // namespace tinwatch::cli
