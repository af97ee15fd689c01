#pragma once

#include <string_view>

/// The files of daemon/pages, which are part of the program; empty: there is none of that name.
namespace tinwatch::pages {

[[nodiscard]] std::string_view page_template(std::string_view name);  ///< templates/NAME.mustache
[[nodiscard]] std::string_view page_text(std::string_view name);      ///< text/NAME.txt
[[nodiscard]] std::string_view page_style(std::string_view name);     ///< assets/NAME.css
[[nodiscard]] std::string_view page_script(std::string_view name);    ///< assets/NAME.js

}  // namespace tinwatch::pages
