#pragma once

#include "api/answer.hpp"

namespace tinwatch::api {

/// The pages people look at: `/`, `/articles/ID`, `/articles/ID/diff`. All foreign text is escaped;
/// no script, one style sheet.
[[nodiscard]] Reply page(const storage::Reader& reader, const Request& request,
                         const Context& context, std::string& handler);

}  // namespace tinwatch::api
