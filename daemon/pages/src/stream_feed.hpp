#pragma once

#include "stream_page.hpp"

/// `/stream.atom`: the stream as an Atom feed (RFC 4287), with the same filter.
namespace tinwatch::pages {

/// `external_url` ends with a slash: whoever reads a feed is elsewhere, and follows its links here.
[[nodiscard]] api::Reply stream_feed(const storage::Reader& reader, const StreamFilter& filter,
                                     const Manner& manner, const std::string& external_url);

}  // namespace tinwatch::pages
