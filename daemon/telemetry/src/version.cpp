#include "telemetry/version.hpp"

namespace tinwatch::telemetry {

std::string_view version() { return TINWATCH_VERSION; }

std::string_view release() { return version().substr(0, version().find('+')); }

std::string_view revision() { return TINWATCH_REVISION; }

}  // namespace tinwatch::telemetry
