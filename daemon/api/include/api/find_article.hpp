#pragma once

#include "storage/reader.hpp"

#include <optional>
#include <string>

namespace tinwatch::api {

/// The article that people mean: by id, by a unique prefix of one, or by URL, which may have or
/// lack the slash at its end, and be of http or https.
[[nodiscard]] std::optional<storage::ArticleView> find_article(const storage::Reader& reader,
                                                               const std::string& reference);
/// Why there is none, for people.
[[nodiscard]] std::string why_no_article(const storage::Reader& reader,
                                         const std::string& reference);

}  // namespace tinwatch::api
