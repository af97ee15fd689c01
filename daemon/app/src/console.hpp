#pragma once

#include <string>
#include <string_view>

/// Standard output carries results only; messages go to standard error.
namespace tinwatch::app {

enum class Exit { done = 0, no = 1, usage = 2, failed = 3 };

/// Text for a person: foreign text escaped (core/text.hpp).
void print(std::string_view text);
/// Bytes as they are: JSON, a raw page.
void print_raw(std::string_view bytes);
/// `tinwatch: MESSAGE` on standard error.
void complain(std::string_view message);

/// `auto`, `always`, `never`.
[[nodiscard]] bool wants_colour(const std::string& choice);

/// The whole of a file, or of standard input for `-`. Throws std::runtime_error.
[[nodiscard]] std::string read_input(const std::string& file);

}  // namespace tinwatch::app
