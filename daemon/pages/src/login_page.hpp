#pragma once

#include "frame.hpp"

namespace tinwatch::pages {

/// Where a browser logs in; `?next=` is where it was on its way to.
[[nodiscard]] api::Reply login_form(const api::Request& request, const Manner& manner);

}  // namespace tinwatch::pages
