#pragma once

#include "alerts/alert_sink.hpp"

#include <string>
#include <string_view>

namespace tinwatch::alerts {

inline constexpr std::string_view cloud_event_media_type = "application/cloudevents+json";

/// The event in CloudEvents 1.0 structured JSON. The same event gives the same bytes.
/// `external_url` ends with a slash; `data.link` is an article's page there. Throws std::exception
/// when the event's data is no JSON object.
[[nodiscard]] std::string cloud_event_json(const Event& event, std::string_view external_url);

}  // namespace tinwatch::alerts
