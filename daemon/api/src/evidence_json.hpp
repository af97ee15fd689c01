#pragma once

#include "storage/verify.hpp"

#include <boost/json/object.hpp>

namespace tinwatch::api {

[[nodiscard]] boost::json::object verify_json(const storage::VerifyReport& report);

}  // namespace tinwatch::api
