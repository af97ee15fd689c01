#include "core/severity.hpp"

namespace tinwatch {
namespace {

Severity severity_of(ChangeClass change) {
  switch (change) {
    case ChangeClass::correction:
    case ChangeClass::fact:
    case ChangeClass::headline:
    case ChangeClass::cut: return Severity::high;
    case ChangeClass::wording:
    case ChangeClass::addition: return Severity::normal;
    case ChangeClass::typo:
    case ChangeClass::image:
    case ChangeClass::metadata: return Severity::low;
  }
  return Severity::normal;
}

}  // namespace

std::string_view label(Severity severity) {
  switch (severity) {
    case Severity::low: return "low";
    case Severity::normal: return "normal";
    case Severity::high: return "high";
    case Severity::critical: return "critical";
  }
  return "";
}

std::optional<Severity> severity_from(std::string_view word) {
  for (const auto severity : all_severities)
    if (label(severity) == word) return severity;
  return std::nullopt;
}

Severity severity_of(EventType type, std::optional<ChangeClass> change) {
  switch (type) {
    case EventType::article_removed:
    case EventType::receiver_failing:
    case EventType::receiver_disabled:
    case EventType::store_full: return Severity::critical;
    case EventType::article_revised:
    case EventType::story_edited: return change ? severity_of(*change) : Severity::normal;
    case EventType::article_published:
    case EventType::article_missing:
    case EventType::article_returned:
    case EventType::article_moved:
    case EventType::watch_hit:
    case EventType::source_silent:
    case EventType::source_unreachable:
    case EventType::source_drifted:
    case EventType::source_recovered:
    case EventType::receiver_recovered: return Severity::normal;
  }
  return Severity::normal;
}

Severity severity_of(Transition transition) {
  switch (transition) {
    case Transition::appeared: return Severity::high;
    case Transition::disappeared: return Severity::critical;
    case Transition::changed: return Severity::normal;
  }
  return Severity::normal;
}

}  // namespace tinwatch
