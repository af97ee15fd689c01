#pragma once

#include <string_view>

namespace tinwatch::parsers {

/// The rules of the extraction that a measurement can leave out, one after the other
/// (`./dev bench extract --without RULE`): what a rule is worth is what falls without it. In the
/// product all of them hold, and asking costs nothing.
#ifdef TINWATCH_LEAVE_OUT
/// By the variable TINWATCH_WITHOUT of the environment: names with commas between.
[[nodiscard]] bool is_left_out(std::string_view rule);
#else
constexpr bool is_left_out(std::string_view /*rule*/) { return false; }
#endif

}  // namespace tinwatch::parsers
