#pragma once

#include "storage/tokens.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace tinwatch::api {

/// What a token begins with: whoever finds one somewhere knows what it is.
inline const std::string token_prefix = "tw_";

[[nodiscard]] boost::json::object token_json(const storage::TokenView& token);

}  // namespace tinwatch::api
