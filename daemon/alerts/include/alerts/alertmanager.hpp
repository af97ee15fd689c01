#pragma once

#include "alerts/letter_template.hpp"
#include "core/event.hpp"
#include "core/event_type.hpp"
#include "core/severity.hpp"
#include "core/types.hpp"

#include <string>
#include <vector>

namespace tinwatch::alerts {

/// What makes an alert the same as another one, at Alertmanager: its labels.
struct AlertName {
  EventType type = EventType::article_published;
  Severity severity = Severity::normal;
  std::string source;   ///< the names below may be empty
  std::string article;  ///< an id
  std::string watch;
  std::string receiver;
};

/// A trouble that lasts.
struct Condition {
  AlertName name;
  Instant since{};
};

/// An alert ends so long after it was sent last.
inline constexpr Duration condition_holds = std::chrono::minutes{5};
inline constexpr Duration event_holds = std::chrono::minutes{65};

/// An event as Alertmanager's API v2 takes it (POST /api/v2/alerts): a list of alerts. Labels are
/// configured names, words of closed sets and ids, so that no page can invent one; what a page
/// prints stands in annotations alone. What happened to an article resolves by itself after an
/// hour; a trouble when `.recovered` says so, or when it is not sent again for a while. Throws
/// std::exception for a damaged event.
[[nodiscard]] std::string alerts_json(const Event& event, const LetterStyle& style, Instant now);

/// Troubles that last, in the same form.
[[nodiscard]] std::string conditions_json(const std::vector<Condition>& conditions, Instant now,
                                          const LetterStyle& style);

}  // namespace tinwatch::alerts
