#pragma once

#include "core/event_type.hpp"
#include "core/model.hpp"
#include "core/severity.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What is read of an event's data (core/event_json.hpp). A field that is absent, or of another
/// kind, is empty, 0, false or null.
namespace tinwatch::alerts {

[[nodiscard]] std::string text_at(const boost::json::object& in, std::string_view name);
[[nodiscard]] const boost::json::object* object_at(const boost::json::object& in,
                                                   std::string_view name);
[[nodiscard]] bool flag_at(const boost::json::object& in, std::string_view name);
[[nodiscard]] std::int64_t number_at(const boost::json::object& in, std::string_view name);

/// Of a watch's hit; nothing: it is none.
[[nodiscard]] std::optional<Transition> transition_of(const boost::json::object& data);
/// The class of the edit that it tells of; nothing: it tells of none.
[[nodiscard]] std::optional<ChangeClass> change_of(const boost::json::object& data);
[[nodiscard]] Severity severity_of(EventType type, const boost::json::object& data);

}  // namespace tinwatch::alerts
