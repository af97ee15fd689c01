# tinwatch_schema_files(<variable> <folder>) writes a .cpp that holds every NAME.json of the folder, and its name into the
# variable. A new or changed file configures anew.
function(tinwatch_schema_files variable folder)
  tinwatch_text_entries(entries ${folder}/*.json)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/schema_files.cpp")
  file(CONFIGURE OUTPUT "${out}" @ONLY CONTENT [[
#include "schema_files.hpp"

namespace tinwatch::api {

std::span<const SchemaFile> schema_files() {
  static constexpr SchemaFile files[] = {
@entries@  };
  return files;
}

}  // namespace tinwatch::api
]])
  set(${variable} "${out}" PARENT_SCOPE)
endfunction()
