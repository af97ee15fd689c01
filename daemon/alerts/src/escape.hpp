#pragma once

#include "alerts/letter_template.hpp"

#include <string>
#include <string_view>

namespace tinwatch::alerts {

/// Foreign text for a place in that markup, on one line. Characters that act on a screen
/// (core/screen_text.hpp) are written as \u{XXXX}.
[[nodiscard]] std::string escape(Markup markup, std::string_view text);

/// The three signs that Slack wants as entities
/// (api.slack.com/reference/surfaces/formatting).
[[nodiscard]] std::string escape_entities(std::string_view text);

}  // namespace tinwatch::alerts
