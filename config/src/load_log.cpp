#include "load_parts.hpp"

namespace tinwatch::config {

void read_log(YamlReader& in, log::Settings& log) {
  auto format = std::string(log::label(log.format));
  in.read("format", format);
  if (const auto known = log::format_from(format))
    log.format = *known;
  else
    in.reject(in.take("format"), "format must be logfmt or json, not '" + format + "'");
  auto level = std::string(log::label(log.level));
  in.read("level", level);
  if (const auto known = log::level_from(level))
    log.level = *known;
  else
    in.reject(in.take("level"), "level must be debug, info, warning or error, not '" + level + "'");
}

}  // namespace tinwatch::config
