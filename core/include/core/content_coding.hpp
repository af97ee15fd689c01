#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tinwatch {

/// What we can undo, as Accept-Encoding says it.
inline constexpr std::string_view accepted_codings = "gzip, br, zstd";

enum class CodingError { too_large, damaged, unknown };

/// Undoes one Content-Encoding (RFC 9110 section 8.4.1). Memory stays below `max_size` plus the
/// decoder's own; a result over 1 MiB that is more than 100 times its input is `too_large` (a
/// bomb), nested codings are `unknown`. Several gzip members are one text (RFC 1952 section 2.2).
/// A name that is no coding at all (`utf-8`, `none`) undoes nothing, as in browsers; one that is
/// registered and not ours (`compress`) is `unknown`.
[[nodiscard]] Result<std::string, CodingError> undo_coding(std::string_view coding,
                                                           std::string_view body,
                                                           std::size_t max_size);

/// The first `max_size` bytes of what one coding holds, for a text of which no more counts. The
/// body may itself be the beginning of one: what follows is not missed, damage before it is.
[[nodiscard]] Result<std::string, CodingError> undo_coding_of_prefix(std::string_view coding,
                                                                     std::string_view body,
                                                                     std::size_t max_size);

}  // namespace tinwatch
