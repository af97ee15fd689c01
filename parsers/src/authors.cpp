#include "blocks.hpp"
#include "core/text.hpp"

namespace tinwatch::parsers {

std::vector<std::string> read_authors(std::string_view byline) {
  std::string text = squeeze(byline);
  if (const auto colon = text.find(": "); colon != std::string::npos && colon < 24) {
    const auto label = fold_case(text.substr(0, colon));
    if (label.find("ảnh") != std::string::npos || label.find("bài") != std::string::npos ||
        label.find("tin") != std::string::npos)
      text = text.substr(colon + 2);
  }
  if (iequals(std::string_view(text).substr(0, 3), "By ")) text = text.substr(3);
  for (const auto* separator : {" - ", " – ", ", ", "; ", " và "}) {
    for (auto at = text.find(separator); at != std::string::npos; at = text.find(separator))
      text.replace(at, std::string_view(separator).size(), "\n");
  }
  std::vector<std::string> out;
  for (const auto part : split(text, '\n')) {
    auto name = squeeze(part);
    if (!name.empty() && name.size() < 80) out.push_back(std::move(name));
  }
  return out;
}

}  // namespace tinwatch::parsers
