#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::cli {

/// The troubles of a source as the API shows it, the worst first; none of one that is not watched.
[[nodiscard]] std::vector<std::string_view> conditions_of(const boost::json::object& source);

/// Whether it is in this condition: one of `conditions_of`, the reason of a silence, or `any`.
[[nodiscard]] bool is_in(const boost::json::object& source, std::string_view condition);

/// How things stand, for people: the answer of `/api/v1/status` on one screen of at most 40 lines,
/// whatever is wrong. `problems`: what keeps the daemon from its work, as /-/ready lists it. What
/// is worst comes first; what has no place is counted, with the command that lists it.
[[nodiscard]] std::vector<std::string> status_text(const boost::json::object& status,
                                                   bool is_running,
                                                   const std::vector<std::string>& problems = {});

}  // namespace tinwatch::cli
