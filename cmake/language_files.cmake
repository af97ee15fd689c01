# tinwatch_language_files(<folder> <variable>) writes a .cpp that holds every LANGUAGE.txt of the folder, and its name
# into the variable. A new or changed file configures anew, so that a language is added by adding its file.
function(tinwatch_language_files folder variable)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.txt")
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
