#include "page/written_list.hpp"

#include "core/text.hpp"
#include "page/page.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t least_spelled = 4;         // bytes of a word that counts
constexpr std::size_t least_article_number = 5;  // digits
constexpr std::size_t least_said = 5;  // words an item: topics and sections are called in fewer
constexpr std::size_t longest_item = 2048;  // bytes

bool has_long_number(std::string_view address) {
  std::size_t digits = 0;
  for (const char c : address) {
    digits = is_digit(c) ? digits + 1 : 0;
    if (digits == least_article_number) return true;
  }
  return false;
}

/// Two words of the text stand in the address.
bool spells(const std::string& address, const std::string& text) {
  std::size_t found = 0;
  const auto key = word_key(text);
  for (const auto word : words(key)) {
    const auto plain = fold_marks(word);
    if (plain.size() >= least_spelled && address.find(plain) != std::string::npos && ++found == 2)
      return true;
  }
  return false;
}

bool leads_to_article(const Dom& dom, Index item) {
  for (Index i = item; i < dom[item].end; ++i) {
    if (dom[i].tag != GUMBO_TAG_A) continue;
    const auto address = ascii_lower(clip(dom.attribute(i, "href"), longest_item));
    return has_long_number(address) || spells(address, dom.brief_text(i, longest_item));
  }
  return false;
}

}  // namespace

bool is_written_list(const Dom& dom, Index list) {
  if (list == Dom::none || dom[list].parent == Dom::none) return false;
  if (dom[list].tag != GUMBO_TAG_UL && dom[list].tag != GUMBO_TAG_OL) return false;
  if (!dom.attribute(list, "class").empty() || !dom.attribute(list, "id").empty()) return false;
  std::size_t items = 0;
  std::size_t said = 0;  // words
  for (Index i = list + 1; i < dom[list].end; i = dom[i].end) {
    if (dom[i].tag != GUMBO_TAG_LI) continue;
    if (!dom.attribute(i, "class").empty()) return false;
    ++items;
    said += words(dom.brief_text(i, longest_item)).size();
  }
  if (said < least_said * items) return false;
  std::size_t articles = 0;
  for (Index i = list + 1; i < dom[list].end; i = dom[i].end)
    articles += dom[i].tag == GUMBO_TAG_LI && leads_to_article(dom, i) ? 1 : 0;
  return articles * 3 < items;
}

}  // namespace tinwatch::parsers
