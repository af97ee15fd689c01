# tinwatch_language_files(<variable> <folder>...) writes a .cpp that holds every LANGUAGE.txt of the folders, and its name
# into the variable. A new or changed file configures anew, so that a language is added by adding its file.
function(tinwatch_language_files variable)
  list(TRANSFORM ARGN APPEND "/*.txt" OUTPUT_VARIABLE patterns)
  file(GLOB files CONFIGURE_DEPENDS ${patterns})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(entries "")
  foreach(path IN LISTS files)
    get_filename_component(language "${path}" NAME_WE)
    file(READ "${path}" text)
    string(APPEND entries "    {.language = \"${language}\", .text = R\"words(${text})words\"},\n")
  endforeach()
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
