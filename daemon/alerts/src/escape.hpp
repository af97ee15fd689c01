#pragma once

#include "alerts/letter_template.hpp"

#include <string>
#include <string_view>

namespace tinwatch::alerts {

/// Foreign text for a place in that markup, on one line. Characters that act on a screen
/// (core/screen_text.hpp) are written as \u{XXXX}.
[[nodiscard]] std::string escape(Markup markup, std::string_view text);

}  // namespace tinwatch::alerts
