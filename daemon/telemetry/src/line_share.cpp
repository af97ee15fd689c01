#include "line_share.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::log {

LineShare::Verdict LineShare::admit(const std::string& source, Time now) {
  auto& minute = minutes_.try_emplace(source, Minute{.begun = now}).first->second;
  Verdict verdict;
  if (now - minute.begun >= std::chrono::minutes(1)) {
    verdict.left_out = std::max(0, std::exchange(minute.lines, 0) - most_a_minute);
    minute.begun = now;
  }
  ++minute.lines;
  verdict.written = minute.lines <= most_a_minute;
  verdict.is_last = minute.lines == most_a_minute;
  return verdict;
}

std::map<std::string, int> LineShare::take_left_out() {
  std::map<std::string, int> out;
  for (auto& [source, minute] : minutes_)
    if (minute.lines > most_a_minute)
      out[source] = std::exchange(minute.lines, most_a_minute) - most_a_minute;
  return out;
}

}  // namespace tinwatch::log
