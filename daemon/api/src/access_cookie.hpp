#pragma once

#include "api/message.hpp"

#include <string>

namespace tinwatch::api {

/// The name of the cookie that a browser is known by.
inline constexpr auto session_cookie = "tinwatch_session";

/// What a form of the session has to bring: only who has the cookie can know it.
[[nodiscard]] std::string csrf_of(const std::string& session);

}  // namespace tinwatch::api
