# tinwatch_shipped_templates(<variable> <folder>) writes a .cpp that holds every NAME.mustache of the folder, and its name
# into the variable. A new or changed file configures anew.
function(tinwatch_shipped_templates variable folder)
  tinwatch_text_entries(entries ${folder}/*.mustache)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/shipped_templates.cpp")
  file(CONFIGURE OUTPUT "${out}" @ONLY CONTENT [[
#include "alerts/shipped_templates.hpp"

#include <utility>

namespace tinwatch::alerts {

std::string_view shipped_template(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> files[] = {
@entries@  };
  for (const auto& [known, text] : files)
    if (known == name) return text;
  return {};
}

}  // namespace tinwatch::alerts
]])
  set(${variable} "${out}" PARENT_SCOPE)
endfunction()
