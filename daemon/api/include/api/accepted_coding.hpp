#pragma once

#include <string_view>

namespace tinwatch::api {

/// Whether an answer may be gzip, by the Accept-Encoding of its request (RFC 9110 section 12.5.3).
/// Without one, or by one that cannot be read, it may not: the plain answer is always right.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

}  // namespace tinwatch::api
