# tinwatch_language_files(<variable> <folder>...) writes a .cpp that holds every LANGUAGE.txt of the folders, and its name
# into the variable. A new or changed file configures anew, so that a language is added by adding its file.
function(tinwatch_language_files variable)
  list(TRANSFORM ARGN APPEND "/*.txt" OUTPUT_VARIABLE patterns)
  tinwatch_text_entries(entries ${patterns})
  set(out "${CMAKE_CURRENT_BINARY_DIR}/language_files.cpp")
  file(CONFIGURE OUTPUT "${out}" @ONLY CONTENT [[
#include "language/words.hpp"

namespace tinwatch::parsers::language {

std::span<const LanguageFile> language_files() {
  static constexpr LanguageFile files[] = {
@entries@  };
  return files;
}

}  // namespace tinwatch::parsers::language
]])
  set(${variable} "${out}" PARENT_SCOPE)
endfunction()
