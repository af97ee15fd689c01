#pragma once

#include "parsers/dates.hpp"

#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// The date in an article's address: `/2026/03/04/`, `/20260304-`, or the time stamp of a
/// Vietnamese article number.
[[nodiscard]] std::optional<PrintedDate> date_in_address(const std::string& url,
                                                         const DateContext& context);

/// The date that a client-side page keeps in the state it is drawn from ("published_at": "...").
[[nodiscard]] std::optional<PrintedDate> date_in_state(std::string_view html,
                                                       const DateContext& context);

}  // namespace tinwatch::parsers
