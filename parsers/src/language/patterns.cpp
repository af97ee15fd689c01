#include "language/patterns.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace tinwatch::parsers::language {
namespace {

// Not counted: sixty of them cost a pattern that does not fit into RE2's memory.
constexpr std::string_view rest_of_sentence = "[^.。]*";
constexpr std::string_view ellipsis = "…";
constexpr std::string_view as_it_stands = "(?-i:";

/// The words as they stand in a pattern.
struct Alternatives {
  std::vector<std::string> words;
  std::vector<std::string> letters;  ///< words of one, which are none as capitals
  std::vector<std::string> open;     ///< go on to the end of the sentence
};

std::string escaped(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const auto start = at;
    const auto c = next_code_point(word, at);
    if (c == U'\'' || c == U'’') {
      out += "['’ʼ]";
    } else if (c == U'…') {
      // The blanks beside it belong to it: "get our … newsletter" is "Get our newsletter" too.
      while (out.ends_with(' ')) out.pop_back();
      out += rest_of_sentence;
      while (at < word.size() && word[at] == ' ') ++at;
    } else if (c == U'0') {
      out += "\\d+";
    } else {
      if (c < 0x80 && c != ' ' && !is_ascii_letter(static_cast<char>(c))) out += '\\';
      out += word.substr(start, at - start);
    }
  }
  return out;
}

/// "a", "e", "y": joins names as a word, and is an initial as a capital.
bool is_single_letter(std::string_view word) {
  std::size_t at = 0;
  const auto c = word.empty() ? U'0' : next_code_point(word, at);
  return at == word.size() && is_set_apart(c) &&
         (c >= 0x80 || is_ascii_letter(static_cast<char>(c)));
}

Alternatives alternatives_of(std::initializer_list<WordKind> kinds) {
  Alternatives out;
  for (const auto kind : kinds)
    for (const auto& word : Words::all().listed(kind)) {
      if (word.text.ends_with(ellipsis))
        out.open.push_back(escaped(word.text.substr(0, word.text.size() - ellipsis.size())));
      else if (is_single_letter(word.text))
        out.letters.push_back(std::string(as_it_stands) + escaped(word.text) + ')');
      else
        out.words.push_back(escaped(word.text));
    }
  return out;
}

/// "(?:a|b)": of two words that begin alike the longer one first, which so is the one that counts,
/// and side by side, so that RE2 compiles their beginning once.
std::string joined(std::vector<std::string> words) {
  constexpr std::string_view begin = "(?:";
  std::sort(words.begin(), words.end(), std::greater<>());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  constexpr const char* nothing = "[^\\x{0}-\\x{10FFFF}]";
  std::string out(begin);
  for (const auto& word : words) out += (out.size() > begin.size() ? "|" : "") + word;
  if (words.empty()) out += nothing;
  return out + ')';
}

std::string joined_open(const Alternatives& from) {
  if (from.open.empty()) return {};
  return '|' + joined(from.open) + std::string(rest_of_sentence);
}

}  // namespace

std::string any_of(std::initializer_list<WordKind> kinds) {
  auto from = alternatives_of(kinds);
  from.words.insert(from.words.end(), from.letters.begin(), from.letters.end());
  return "(?:" + joined(from.words) + joined_open(from) + ')';
}

std::string any_word(std::initializer_list<WordKind> kinds) {
  return joined(alternatives_of(kinds).words);
}

std::string any_letter(std::initializer_list<WordKind> kinds) {
  return joined(alternatives_of(kinds).letters);
}

}  // namespace tinwatch::parsers::language
