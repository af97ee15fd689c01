#include "glob.hpp"
#include "support/robots_model.hpp"

/// The first line is a pattern, the rest a text. Few different bytes find more than many: each is
/// one of a, b, `*` and `$`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 2000));
  const auto end = std::min(bytes.find('\n'), bytes.size());
  std::string pattern = bytes.substr(0, end);
  std::string text = bytes.substr(std::min(end + 1, bytes.size()));
  for (auto& c : pattern) c = "ab*a$b*a"[static_cast<unsigned char>(c) % 8];
  for (auto& c : text) c = "aab$"[static_cast<unsigned char>(c) % 4];
  tinwatch::GlobMatcher matcher;
  const bool matched = matcher.matches(pattern, text);
  if (matched != tinwatch::test::glob_model(pattern, text)) __builtin_trap();
  if (matcher.steps() > 2 * pattern.size() + text.size() + 1) __builtin_trap();
  return 0;
}
