#pragma once

#include "async/clock.hpp"
#include "async/task_group.hpp"

#include <functional>

namespace tinwatch {

/// Runs the task that `make` makes, and another one whenever it fails: a loop of the daemon must
/// not end with one full disk. Between two there are five seconds. Ends when a task ends by itself,
/// or by cancellation.
Task<> persist(std::function<Task<>()> make, Clock& clock, TaskGroup::OnFailure on_failure);

}  // namespace tinwatch
