#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace tinwatch::cli {

/// What a shell has to know to complete a command line: the script that the package installs, made
/// of the commands and options that are parsed. `shell`: bash, zsh or fish.
[[nodiscard]] std::string completion(const CLI::App& app, const std::string& shell);

}  // namespace tinwatch::cli
