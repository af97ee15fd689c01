#pragma once

#include <map>
#include <string>

namespace tinwatch {

/// Versions of libraries of others, by name, as they say themselves: those that are loaded, which
/// need not be those that the program was compiled with.
using LibraryVersions = std::map<std::string, std::string>;

/// Those that `core` calls.
[[nodiscard]] LibraryVersions library_versions();

}  // namespace tinwatch
