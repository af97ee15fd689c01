#include "core/time.hpp"

#include <memory>
#include <unicode/timezone.h>

namespace tinwatch {

using namespace std::chrono;

struct TimeZone::Rules {
  std::unique_ptr<const icu::TimeZone> zone;
};

std::optional<TimeZone> TimeZone::find(const std::string& name) {
  std::unique_ptr<const icu::TimeZone> found(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (!found || *found == icu::TimeZone::getUnknown()) return std::nullopt;
  TimeZone out;
  out.rules_ = std::make_shared<const Rules>(Rules{std::move(found)});
  return out;
}

TimeZone TimeZone::fixed(minutes offset) {
  TimeZone out;
  out.fixed_ = offset;
  return out;
}

minutes TimeZone::offset_at(Instant at) const {
  if (!rules_) return fixed_;
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  rules_->zone->getOffset(static_cast<UDate>(at.time_since_epoch().count()), 0, raw, saving,
                          status);
  return U_FAILURE(status) ? fixed_ : duration_cast<minutes>(milliseconds(raw + saving));
}

minutes TimeZone::offset_at_local(Instant local) const {
  // The offset before the local time read as UTC is right but near a change of clocks, where the
  // second look settles it.
  const auto guess = offset_at(local - offset_at(local));
  return offset_at(local - guess);
}

}  // namespace tinwatch
