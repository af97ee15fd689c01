#pragma once

#include "api/answer.hpp"
#include "search/search.hpp"

namespace tinwatch::api {

/// What a search is asked with (docs/search.md). Throws BadParameter.
[[nodiscard]] search::Question search_question(const Request& request, const Context& context);

[[nodiscard]] Reply search_reply(const storage::Reader& reader, const Request& request,
                                 const Context& context);

}  // namespace tinwatch::api
