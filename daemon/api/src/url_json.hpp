#pragma once

#include "core/host_state.hpp"
#include "storage/learned.hpp"
#include "storage/views.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <vector>

namespace tinwatch::api {

/// What `explain` answers: a URL as one source knows it, beside its host's state and what pages at
/// addresses of its form were, if that is known.
[[nodiscard]] boost::json::object url_json(const storage::UrlView& url,
                                           const std::optional<KnownHost>& host,
                                           const std::optional<storage::LearnedTemplate>& form,
                                           Instant now);

/// What moves by itself on such pages and is no edit.
void add_noise(const std::vector<storage::Noise>& noise, boost::json::object& url);

}  // namespace tinwatch::api
