#pragma once

#include "frame.hpp"

/// `/search`: what was ever printed, in the language of watches.
namespace tinwatch::pages {

/// Without `q` the form alone. What cannot be read is told above the form, with 400.
[[nodiscard]] api::Reply search_page(const storage::Reader& reader, const api::Request& request,
                                     const api::Context& context, const Manner& manner);

}  // namespace tinwatch::pages
