#pragma once

#include <string>
#include <string_view>

namespace tinwatch {

/// Which picture an address shows, whatever host, size, crop, format or signature it is delivered
/// with: the path without host, query, segments of size and signature, `-800x450` behind the name
/// and the extension. Where the path says nothing of the picture (`image.php?id=7`,
/// `/_next/image?url=...`), the query without known parameters of size and signature.
[[nodiscard]] std::string image_identity(std::string_view url);

}  // namespace tinwatch
