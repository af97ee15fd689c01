#pragma once

#include "core/result.hpp"
#include "core/types.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// Files that the configuration is read from, or names.
namespace tinwatch::config {

using namespace literals;

/// Far above what a person writes, far below what hurts.
inline constexpr std::size_t largest_text = 16_MiB;
inline constexpr std::size_t largest_secret = 1_MiB;

/// What is wrong with a file, for people, beginning with its name.
template <class T>
using FileResult = Result<T, std::string>;

/// A file's bytes. Only a regular file (or a link to one) of at most `largest` bytes is read: a
/// directory, FIFO, socket or device is refused, and never waited for.
[[nodiscard]] FileResult<std::string> read_regular_file(const std::string& path,
                                                        std::size_t largest);

/// Why others than its owner may know or choose what the secret file says; empty when nobody may.
[[nodiscard]] std::vector<std::string> exposures(const std::string& path);

}  // namespace tinwatch::config
