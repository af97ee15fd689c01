# tinwatch_page_files(<variable> <folder>) writes a .cpp that holds the files of daemon/pages (templates, texts, assets), and
# its name into the variable. A new or changed file configures anew.
function(tinwatch_page_files variable folder)
  tinwatch_text_entries(templates ${folder}/templates/*.mustache)
  tinwatch_text_entries(texts ${folder}/text/*.txt)
  tinwatch_text_entries(styles ${folder}/assets/*.css)
  tinwatch_text_entries(scripts ${folder}/assets/*.js)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/page_files.cpp")
  file(CONFIGURE OUTPUT "${out}" @ONLY CONTENT [[
#include "page_files.hpp"

#include <span>
#include <utility>

namespace tinwatch::pages {
namespace {

using File = std::pair<std::string_view, std::string_view>;

constexpr File templates[] = {
@templates@};
constexpr File texts[] = {
@texts@};
constexpr File styles[] = {
@styles@};
constexpr File scripts[] = {
@scripts@};

std::string_view file_in(std::span<const File> files, std::string_view name) {
  for (const auto& [known, text] : files)
    if (known == name) return text;
  return {};
}

}  // namespace

std::string_view page_template(std::string_view name) { return file_in(templates, name); }
std::string_view page_text(std::string_view name) { return file_in(texts, name); }
std::string_view page_style(std::string_view name) { return file_in(styles, name); }
std::string_view page_script(std::string_view name) { return file_in(scripts, name); }

}  // namespace tinwatch::pages
]])
  set(${variable} "${out}" PARENT_SCOPE)
endfunction()
