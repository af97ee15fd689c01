#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace tinwatch::cli {

/// What is wrong with the first argument that is no command, where one has to stand, or no option
/// of its command; empty: it is something else that is wrong.
[[nodiscard]] std::string unknown_word(const CLI::App& app,
                                       const std::vector<std::string>& arguments);

}  // namespace tinwatch::cli
