#pragma once

#include <cmath>
#include <string>

namespace tinwatch::test {

/// The value of one series on a metrics page (`name{label="value"}`, labels in the order of the
/// alphabet); not a number when it is not there.
inline double value_of(const std::string& page, const std::string& series) {
  const auto line = '\n' + series + ' ';
  const auto at = ('\n' + page).find(line);
  if (at == std::string::npos) return std::nan("");
  return std::stod(('\n' + page).substr(at + line.size()));
}

}  // namespace tinwatch::test
