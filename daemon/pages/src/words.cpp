#include "words.hpp"

#include "core/text.hpp"
#include "page_files.hpp"

#include <charconv>
#include <stdexcept>

namespace tinwatch::pages {
namespace {

using Words = std::map<std::string, std::string, std::less<>>;

/// Lines `NAME = TEXT`; `#` begins a comment.
Words read(std::string_view file) {
  Words out;
  while (!file.empty()) {
    const auto end = std::min(file.find('\n'), file.size());
    const auto line = trim(file.substr(0, end));
    file.remove_prefix(std::min(end + 1, file.size()));
    const auto middle = line.find(" = ");
    if (line.starts_with('#') || middle == std::string_view::npos) continue;
    out.emplace(line.substr(0, middle), line.substr(middle + 3));
  }
  return out;
}

/// The weight of `;q=0.5`, in thousandths; 1000 without one.
int quality(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const auto text = parameters.substr(at + 2);
  if (!text.starts_with('0')) return 1000;
  int out = 0;
  for (std::size_t i = 2; i < 5; ++i)
    out = out * 10 + (i < text.size() && is_digit(text[i]) ? text[i] - '0' : 0);
  return out;
}

}  // namespace

const Words& words(Language language) {
  static const Words vietnamese = read(page_text("vi"));
  static const Words english = read(page_text("en"));
  return language == Language::vi ? vietnamese : english;
}

const std::string& word(Language language, std::string_view name) {
  const auto& all = words(language);
  const auto found = all.find(name);
  if (found == all.end()) throw std::out_of_range("no word " + std::string(name));
  return found->second;
}

Language language_of(std::string_view accept_language) {
  constexpr std::size_t longest = 1000;  // bytes
  auto rest = accept_language.substr(0, longest);
  auto best = Language::en;
  int best_quality = 0;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(','), rest.size());
    const auto item = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto tag = item.substr(0, std::min(item.find_first_of("-; "), item.size()));
    const int weight = quality(item.substr(std::min(item.find(';'), item.size())));
    if (weight <= best_quality) continue;
    if (!iequals(tag, "vi") && !iequals(tag, "en")) continue;
    best = iequals(tag, "vi") ? Language::vi : Language::en;
    best_quality = weight;
  }
  return best;
}

}  // namespace tinwatch::pages
