#pragma once

#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// The words of a list of class names. What a program made up says nothing, whatever it spells:
/// hashes ("css-1bio3x", "sc-kAdXeD", the end of "Article_para__3Ad1x"), utilities that set one
/// property ("md:hidden", "text-sm", "-mt-2"), and ASP.NET's paths of containers
/// ("ctl00_Main_..."). What is left keeps its order and its separators.
[[nodiscard]] std::string words_of_names(std::string_view names);

}  // namespace tinwatch::parsers
