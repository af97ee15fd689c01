#pragma once

#include "parsers/listing.hpp"

namespace tinwatch::parsers {

/// A JSON Feed (UTF-8), without making a tree of it; nested at most 32 deep (Boost.JSON's own
/// limit). At most 1,000 items. The error is for people.
[[nodiscard]] Result<Feed, std::string> read_json_feed(std::string_view body,
                                                       const std::string& url,
                                                       const TimeZone& zone);

}  // namespace tinwatch::parsers
