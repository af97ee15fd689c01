#pragma once

#include "core/event_type.hpp"
#include "core/model.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace tinwatch {

/// How much an event matters to whoever is told. In rising order.
enum class Severity { low, normal, high, critical };
inline constexpr std::array all_severities{Severity::low, Severity::normal, Severity::high,
                                           Severity::critical};

[[nodiscard]] std::string_view label(Severity severity);
[[nodiscard]] std::optional<Severity> severity_from(std::string_view word);

/// Of an event of an article or a source. `change`: the class of an edit; nothing: it tells of
/// none.
[[nodiscard]] Severity severity_of(EventType type, std::optional<ChangeClass> change = {});
/// Of a watch's hit.
[[nodiscard]] Severity severity_of(Transition transition);

}  // namespace tinwatch
