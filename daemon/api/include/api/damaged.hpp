#pragma once

#include <functional>
#include <string>
#include <vector>

namespace tinwatch::api {

/// Runs `make`; when it throws over a stored row, that row's name and why are added to `damaged`:
/// one bad row must not take the others with it.
void unless_damaged(const std::string& name, std::vector<std::string>& damaged,
                    const std::function<void()>& make);

}  // namespace tinwatch::api
