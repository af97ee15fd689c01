#pragma once

#include <cstdlib>
#include <string>

namespace tinwatch::test {

/// What a soak asks of a test through the environment variable, or what each commit runs.
inline double asked_or(const char* variable, double usual) {
  const char* const asked = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before threads
  return asked ? std::stod(asked) : usual;
}

}  // namespace tinwatch::test
