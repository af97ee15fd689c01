#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tinwatch::parsers {

/// A date in the path of an address.
struct AddressDate {
  std::size_t end = 0;       ///< where the path goes on behind it
  bool closes_path = false;  ///< nothing but `/` follows: an archive of that day, month or year
};

/// The first date that stands in `path`, in a form that news systems write: `/2026/11/28/`,
/// `/2026-11-28/`, `/2026/nov/28/`, `/2026/1128/`, `/20261128`, `/202611/`, `/26_novembre_28/`,
/// `/26/11/28/`, `/26/1128/`. Linear; a number that is no day of a calendar is none.
[[nodiscard]] std::optional<AddressDate> date_in_path(std::string_view path);

}  // namespace tinwatch::parsers
