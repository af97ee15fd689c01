#include "event_stream.hpp"

#include <algorithm>

namespace tinwatch::cli {

void EventStream::take(std::string_view piece) {
  for (auto end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
    open_ += piece.substr(0, end);
    take_line(open_);
    open_.clear();
    piece.remove_prefix(end + 1);
  }
  open_ += piece;
}

void EventStream::take_line(std::string_view line) {
  if (line.empty()) {
    if (has_data_) on_event_(next_);
    next_.name.clear();
    next_.data.clear();
    has_data_ = false;
    return;
  }
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "id") next_.id = value;
  if (name == "event") next_.name = value;
  if (name != "data") return;
  if (has_data_) next_.data += '\n';
  next_.data += value;
  has_data_ = true;
}

std::chrono::seconds pause_before_next(int retry_after) {
  constexpr int shortest = 2;  // what a stream says at its begin (`retry:`)
  constexpr int longest = 60;
  return std::chrono::seconds(std::clamp(retry_after, shortest, longest));
}

}  // namespace tinwatch::cli
