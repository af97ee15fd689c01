#pragma once

#include "core/event_type.hpp"
#include "core/model.hpp"
#include "core/severity.hpp"

#include <string_view>

/// What people are told in words, in their language.
namespace tinwatch {

enum class Language { vi, en };
[[nodiscard]] std::string_view label(Language language);

/// What happened: `mới`, `sửa`, `gỡ`.
[[nodiscard]] std::string_view word_of(EventType type, Language language);
[[nodiscard]] std::string_view word_of(ChangeClass change, Language language);
[[nodiscard]] std::string_view word_of(Severity severity, Language language);
[[nodiscard]] std::string_view word_of(Transition transition, Language language);

}  // namespace tinwatch
