#pragma once

#include <string>
#include <string_view>

namespace tinwatch {

/// One gzip member (RFC 1952) that holds `text`, packed in little time rather than small. Throws
/// bad_alloc.
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace tinwatch
