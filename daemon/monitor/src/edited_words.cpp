#include "edited_words.hpp"

#include "core/text.hpp"
#include "monitor/word_diff.hpp"

#include <algorithm>
#include <initializer_list>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t longest_word = 64;  // bytes: longer ones nobody misspells
constexpr std::size_t most_slips = 4;     // words in a row

bool ends_sentence(std::string_view text) {
  for (const std::string_view mark : {".", "!", "?", ":", "…", ".\"", ".”", "¶", "•"})
    if (text.ends_with(mark)) return true;
  return false;
}

bool opens_quote(std::string_view text) {
  return text.starts_with('"') || text.starts_with("“") || text.starts_with("'") ||
         text.starts_with("‘");
}

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && is_digit(text[at]);
}

/// The digits from `at` on.
std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (is_digit_at(text, at + count)) ++count;
  return count;
}

/// What a sign from `begin` to `end` between or before digits is to the number: 5,4 is not 54, 1/12
/// not 11/2, -5 not 5; but 1.327 is 1327, and 5,4 is 5.4. 0: it says nothing.
char sign_of_number(std::string_view text, std::size_t begin, std::size_t end, char32_t c) {
  const bool dash = c == '-' || c == 0x2013 || c == 0x2212;
  if (!is_digit_at(text, end)) return 0;
  if (begin == 0) return dash ? '-' : '\0';
  if (!is_digit_at(text, begin - 1)) return 0;
  if (dash) return '-';
  if (c == '/' || c == ':') return static_cast<char>(c);
  return (c == '.' || c == ',') && digits_from(text, end) != 3 ? '.' : '\0';
}

std::string key_of(std::string_view text) {
  std::string letters;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto c = next_code_point(text, at);
    if (const auto sign = sign_of_number(text, begin, at, c); sign != 0)
      letters += sign;
    else if (c < 0x80 ? std::isalnum(static_cast<int>(c)) != 0 || c == '%' || c == '$'
                      : c != 0x2013 && c != 0x2014 && c != 0x2018 && c != 0x2019 && c != 0x201c &&
                            c != 0x201d && c != 0x2026 && c != 0x2022)
      append_utf8(letters, c);
  }
  return fold_tone(letters);
}

std::string keys(const Words& all) {
  std::string out;
  for (const auto& word : all) (out += out.empty() ? "" : " ") += word.key;
  return out;
}

std::u32string letters_of(std::string_view key) {
  std::u32string out;
  for (std::size_t at = 0; at < key.size();) out += next_code_point(key, at);
  return out;
}

/// Letters to change, add, drop or swap with the next one (Damerau 1964).
std::size_t slips_between(std::string_view left, std::string_view right) {
  const auto a = letters_of(left);
  const auto b = letters_of(right);
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1,
                             cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  return cost[a.size()][b.size()];
}

bool is_capital(const Word& word) {
  for (std::size_t at = 0; at < word.text.size();) {
    const auto c = next_code_point(word.text, at);
    std::string one;
    append_utf8(one, c);
    if (key_of(one).empty()) continue;  // a quotation mark
    return fold_case(one) != one;
  }
  return false;
}

std::string without_doubles(std::string_view key) {
  std::string out;
  for (const auto c : key)
    if (out.empty() || out.back() != c) out += c;
  return out;
}

std::unordered_set<std::string> folded(std::initializer_list<const char*> all) {
  std::unordered_set<std::string> out;
  for (const auto* one : all) out.insert(fold_tone(one));
  return out;
}

/// Whether one word is the other, mistyped.
bool is_slip(const Word& left, const Word& right) {
  if (left.key == right.key) return true;
  if (has_digit(left.key) || has_digit(right.key)) return false;
  // Lân is another person than Lan; a word without its mark is the same word.
  if (fold_marks(left.key) == fold_marks(right.key)) return !is_name(left) || !is_name(right);
  if (is_number(left) || is_number(right) || is_telling(left) || is_telling(right)) return false;
  if (std::max(left.key.size(), right.key.size()) > longest_word) return false;
  const auto length = std::min(letters_of(left.key).size(), letters_of(right.key).size());
  const auto slips = slips_between(left.key, right.key);
  return length >= 3 && slips <= (length >= 7 ? 2U : 1U);
}

}  // namespace

Words read_words(std::string_view text) {
  Words out;
  bool starts = true;
  for (const auto word : words(text)) {
    auto key = key_of(word);
    if (!key.empty()) out.push_back({word, std::move(key), starts || opens_quote(word)});
    starts = ends_sentence(word);
  }
  return out;
}

std::vector<Region> regions_of(const Words& before, const Words& after) {
  std::vector<Region> out;
  std::size_t a = 0;
  std::size_t b = 0;
  bool open = false;
  for (const auto& run : diff_words(keys(before), keys(after))) {
    const auto count = words(run.text).size();
    if (run.edit == Edit::same) {
      a += count;
      b += count;
      open = false;
      continue;
    }
    if (!open)
      out.push_back({.removed = {}, .added = {}, .before = b > 0 ? &after[b - 1] : nullptr});
    open = true;
    for (std::size_t i = 0; i < count; ++i)
      if (run.edit == Edit::removed)
        out.back().removed.push_back(&before[a++]);
      else
        out.back().added.push_back(&after[b++]);
  }
  return out;
}

bool is_name(const Word& word) { return is_capital(word) && !word.starts_sentence; }

bool is_number(const Word& word) {
  static const auto names = folded({"two",  "three", "four",   "five",   "six",   "seven", "eight",
                                    "nine", "ten",   "eleven", "twelve", "dozen", "hai",   "ba",
                                    "bốn",  "năm",   "sáu",    "bảy",    "tám",   "chín",  "mười"});
  return has_digit(word.key) || names.contains(word.key);
}

bool is_negation(const Word& word) {
  static const auto names = folded({"không", "chưa", "chẳng", "not", "no", "never", "without",
                                    "isnt", "wasnt", "didnt", "hasnt", "wont", "cannot", "cant"});
  return names.contains(word.key);
}

bool is_telling(const Word& word) {
  static const auto names =
      folded({"triệu",     "tỷ",        "tỉ",       "nghìn",    "ngàn",    "tấn",       "tạ",
              "ha",        "km",        "mét",      "million",  "billion", "thousand",  "sáng",
              "trưa",      "chiều",     "tối",      "đêm",      "morning", "afternoon", "evening",
              "night",     "bắc",       "nam",      "đông",     "tây",     "north",     "south",
              "east",      "west",      "northern", "southern", "eastern", "western",   "trái",
              "phải",      "left",      "right",    "tăng",     "giảm",    "rose",      "fell",
              "up",        "down",      "phó",      "trưởng",   "giám",    "chủ",       "deputy",
              "acting",    "former",    "director", "nguyên",   "officer", "president", "founder",
              "cofounder", "minister",  "manager",  "captain",  "vợ",      "chồng",     "anh",
              "chị",       "wife",      "husband",  "brother",  "sister",  "son",       "daughter",
              "state",     "federal",   "local",    "national", "hôm",     "qua",       "nay",
              "mai",       "yesterday", "today",    "tomorrow", "tuần",    "tháng",     "năm",
              "week",      "month",     "year",     "weeks",    "months",  "years",     "tuổi",
              "giờ",       "phút",      "ngày",     "days",     "hours",   "minutes"});
  return names.contains(word.key);
}

bool renames(const Region& region, const std::unordered_set<std::string>& known) {
  if (region.removed.size() != region.added.size()) return false;
  for (std::size_t i = 0; i < region.removed.size(); ++i) {
    const auto& left = *region.removed[i];
    const auto& right = *region.added[i];
    if (left.key == right.key || !is_name(left) || !is_name(right)) continue;
    if (without_doubles(left.key) == without_doubles(right.key)) continue;
    if (!known.contains(right.key)) return true;
  }
  return false;
}

bool is_slip(const Region& region) {
  std::string left;
  std::string right;
  for (const auto* word : region.removed) left += word->key;
  for (const auto* word : region.added) right += word->key;
  if (left == right) return true;
  // A word written twice.
  if (region.removed.size() == 1 && region.added.empty())
    return region.before != nullptr && region.before->key == left;
  if (region.removed.size() != region.added.size() || region.removed.size() > most_slips)
    return false;
  for (std::size_t i = 0; i < region.removed.size(); ++i)
    if (!is_slip(*region.removed[i], *region.added[i])) return false;
  return true;
}

}  // namespace tinwatch::monitor
