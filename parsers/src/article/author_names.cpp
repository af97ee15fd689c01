#include "article/authors.hpp"
#include "core/text.hpp"
#include "page/line_parts.hpp"
#include "page/page.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t most_ordered = 12;
constexpr std::size_t places_a_line = 4096;  // more than a line has bytes
constexpr std::size_t longest_name = 80;     // bytes
constexpr std::size_t last_blocks = 3;       // of the text: those who wrote it stand there
constexpr std::size_t least_before_portrait = 2;

struct Patterns {
  /// What opens a byline, in the languages of the benchmarks and Vietnamese.
  RE2 opening{
      R"(^\s*(?:(?:tin|bài|ảnh|bài viết|tin và ảnh|bài và ảnh|thực hiện|tác giả|theo|bài, ảnh|tin, ảnh|tin - ảnh)\s*:|(?:posted|published|written|reported|reporting|story|words|text|article|edited|verfasst|geschrieben|reported|écrit|rédigé|escrito|viết|đăng)?\s*(?:by\b|von\b|por\b|par\b|av\b|af\b|di\b|door\b|przez\b|bởi\s)\s*:?|(?:author|authors|autor|autorin|auteur|autore|redakteur|text|texte|skriven av|foto|author name)\s*:|@)\s*)",
      any_case()};
  RE2 address{R"((?:https?://|www\.)[^\s()\[\]]+|[^\s()\[\]]+@[^\s()\[\]]+\.[^\s()\[\]]+|@\w+)",
              any_case()};
  RE2 brackets{R"(\s*[(\[][^()\[\]]*[)\]])", any_case()};
  RE2 separators{
      R"(\s*(?:;|\||/|&|·|•|、|・|，|,|\n|\s[-–—]\s|\s(?:and|und|et|y|og|och|và|en|with|mit|con|ve|i)\s)\s*)",
      any_case()};
  RE2 rest{R"((?:\s+(?:in|from|aus|à|en)\s+\p{Lu}\S*(?:\s\p{Lu}\S*)?$)|\s+(?:for|für|pour)\s+.*$)",
           {}};
  /// A part that is no name: a role, a place in the system, a wish.
  RE2 no_name{
      R"(^(?:\w+\.\w+\.\w[\w.]*|admin(?:istrator)?|root|editor(?:ial)?|webmaster|web ?desk|online desk|news ?desk|user|anonymous|unknown|author|autor|by|staff|updated|published|posted|read more|share|follow|contact|view (?:all|profile)|more|email|twitter|facebook|instagram|linkedin|google|rss|none|null|undefined|true|false|comments?|(?:facebook|twitter|whatsapp|instagram|linkedin|email|x|\s)+|contributors?|pm|am|edt|est|gmt|utc|cet|bst)$|\b(?:(?:senior|chief|staff|political|business|sports?|health|science|deputy|managing|associate|assistant|foreign|national|crime|investigative|special|freelance)\s+)?(?:reporter|correspondent|editor|writer|journalist|columnist|producer|redakteur(?:in)?|redaktør|journalistin|korrespondent(?:in)?|volontär(?:in)?|photographer|contributor|minutes? read|min read|min\. lesezeit)\b)",
      any_case()};
};

const Patterns& patterns() {
  static const Patterns all;
  return all;
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80;
  });
}

bool is_role(std::string_view text) { return RE2::PartialMatch(piece(text), patterns().no_name); }

void add_name(std::string_view part, std::vector<std::string>& out) {
  auto name = squeeze(part);
  for (bool cut = true; cut && !name.empty();) {
    cut = false;
    for (const std::string_view mark : {",", ":", "-", "–", "—", "*", "\"", "'", " "}) {
      if (!name.ends_with(mark)) continue;
      name.resize(name.size() - mark.size());
      cut = true;
    }
    // A full stop ends a sentence, or an initial.
    const bool initial = name.size() == 2 || (name.size() > 2 && name[name.size() - 3] == ' ');
    if (name.ends_with('.') && !initial) {
      name.pop_back();
      cut = true;
    }
  }
  if (name.empty() || name.size() > longest_name || words(name).size() > most_name_words) return;
  const auto key = word_key(name);
  if (key.empty() || !has_letter(name) || has_digit(name) || is_role(name)) return;
  const bool known = std::any_of(out.begin(), out.end(),
                                 [&](const std::string& other) { return word_key(other) == key; });
  if (!known && out.size() < most_names) out.push_back(std::move(name));
}

/// "Ảnh: Lê Mẫu", "Photos: Ana Lowe": who took the pictures, and nobody else.
bool names_photographer(std::string_view text) {
  static const RE2 label(
      R"(^\s*(?:ảnh|photos?(?:graph(?:s|y))?|photographers?|fotos?|bild(?:er)?|photographies?|фото|写真|撮影|摄影|攝影|사진)\s*[:：])",
      any_case());
  return RE2::PartialMatch(piece(text), label) && !is_left_out("photographers");
}

/// What is set beside a name without a mark between: a label before it, other things behind it.
void cut_tails(std::string& text) {
  if (is_left_out("name-tails")) return;
  static const RE2 label(
      R"(^(?i:author|autor|autorin|auteur|contributor|writer|tác giả)\s+(\p{Lu}))");
  static const RE2 tail(
      R"(\s*(?:\b(?:last )?updated?(?: on)?:?|\b(?:more|read more|see more) (?:about|by|from|posts)\b.*|\bview (?:all|profile|posts)\b.*|\b(?:updated|reviewed|medically reviewed|fact[ -]checked) by\b.*|»)\s*$)",
      any_case());
  RE2::Replace(&text, label, R"(\1)");
  while (RE2::Replace(&text, tail, "")) {
  }
}

/// A part that goes on in small letters is no name, nor is what follows it: "Eva Muster, economist
/// and mother of two. Based in Bern, she writes".
bool goes_on_small(std::string_view part) {
  const auto text = squeeze(part);
  if (text.empty()) return false;
  std::size_t at = 0;
  std::string first;
  append_utf8(first, next_code_point(text, at));
  return is_ascii_letter(first.front()) && ascii_lower(first.front()) == first.front();
}

}  // namespace

std::vector<std::string> read_authors(std::string_view byline) {
  std::string text = squeeze(byline);
  if (text.size() > 4 * longest_byline || names_photographer(text)) return {};
  // "Theo Lê Tỉnh (Người lao động)" names a person; "Theo Reuters" only a source.
  if (text.starts_with("Theo ")) {
    if (text.find('(') == std::string::npos) return {};
    text.erase(0, 5);
  }
  cut_tails(text);
  text = without_byline_label(text);
  while (RE2::Replace(&text, patterns().opening, "")) {
  }
  RE2::GlobalReplace(&text, patterns().address, " ");
  RE2::GlobalReplace(&text, patterns().brackets, " ");
  RE2::GlobalReplace(&text, patterns().separators, "\n");
  std::vector<std::string> out;
  for (const auto part : split(text, '\n')) {
    if (!out.empty() && goes_on_small(part) && !is_left_out("name-tails")) break;
    std::string one(part);
    while (RE2::Replace(&one, patterns().opening, "")) {
    }
    RE2::Replace(&one, patterns().rest, "");
    add_name(one, out);
  }
  return out;
}

void order_as_printed(const CleanPage& clean, std::vector<std::string>& names) {
  if (names.size() < 2 || names.size() > most_ordered) return;
  std::vector<std::pair<std::size_t, std::string>> placed;
  for (const auto& name : names) {
    std::size_t place = std::string::npos;  // behind all that are printed
    for (std::size_t n = 0; n < clean.all.size() && place == std::string::npos; ++n)
      if (clean.all[n].chars <= longest_line)
        if (const auto at = clean.texts[n].find(name); at != std::string::npos)
          place = n * places_a_line + at;
    placed.emplace_back(place, name);
  }
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t n = 0; n < names.size(); ++n) names[n] = placed[n].second;
}

void drop_portraits(const std::vector<std::string>& names, std::vector<Block>& blocks) {
  if (is_left_out("portraits")) return;
  const auto tells_of = [](const std::string& text, const std::string& name) {
    return words(name).size() >= 2 && text.starts_with(name) && text.size() > name.size() + 20 &&
           (text[name.size()] == ' ' || text[name.size()] == ',');
  };
  const auto first = blocks.size() > last_blocks ? blocks.size() - last_blocks : 0;
  std::size_t before = 0;
  for (std::size_t i = 0; i < first; ++i) before += blocks[i].type == BlockType::paragraph ? 1 : 0;
  if (before < least_before_portrait) return;
  for (auto i = blocks.size(); i-- > first;) {
    const auto& block = blocks[i];
    if (block.type != BlockType::paragraph) continue;
    if (std::any_of(names.begin(), names.end(),
                    [&](const std::string& name) { return tells_of(block.text, name); }))
      blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace tinwatch::parsers
