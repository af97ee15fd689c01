#pragma once

#include "api/message.hpp"

namespace tinwatch::pages {

/// The form again, saying why the login was refused; for a program the refusal as it is.
[[nodiscard]] api::Reply login_refused(const api::Request& request, api::Reply refusal);

}  // namespace tinwatch::pages
