#pragma once

#include "core/host_state.hpp"
#include "storage/views.hpp"

#include <boost/json/object.hpp>

#include <optional>

namespace tinwatch::api {

/// What `explain` answers: a URL as one source knows it, beside its host's state if there is one.
[[nodiscard]] boost::json::object url_json(const storage::UrlView& url,
                                           const std::optional<KnownHost>& host, Instant now);

}  // namespace tinwatch::api
