#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// One segment of a path, decoded, taken apart once.
struct Segment {
  std::string text;                ///< with its ending
  std::string stem;                ///< without: `mot-bai-viet-123` of `mot-bai-viet-123.html`
  std::string ending;              ///< `html`
  double slug_words = 0;           ///< words of two letters or more
  std::size_t longest_number = 0;  ///< digits
  bool digits_only = false;
  bool hashed = false;  ///< its stem, or a part of it between hyphens, is a random name
};

/// The segments of an encoded path; at most `most_segments`, the last one always with them.
[[nodiscard]] std::vector<Segment> segments_of(std::string_view path);
inline constexpr std::size_t most_segments = 12;

/// The parts between `-`, `_`, `+`, `,`, `.` and the like.
[[nodiscard]] std::vector<std::string_view> slug_parts(std::string_view text);

}  // namespace tinwatch::parsers
