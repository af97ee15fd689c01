#include "invented.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace tinwatch::bench {
namespace {

constexpr std::uint32_t order_of_syllables = 7;  // the same language in each run

std::vector<std::string> all_syllables() {
  constexpr std::array onsets = {"",  "b",  "c",  "ch", "d",  "đ", "g", "gi", "h",  "kh", "l", "m",
                                 "n", "ng", "nh", "ph", "qu", "r", "s", "t",  "th", "tr", "v", "x"};
  // The tone's letter stands where the digit does.
  constexpr std::array rimes = {"a",   "ai",  "an",  "ang", "anh", "ao",  "ăn",  "ăng", "âm",
                                "ân",  "âu",  "âng", "e",   "en",  "eo",  "ê",   "ên",  "ênh",
                                "êu",  "i",   "in",  "inh", "iên", "iêu", "o",   "oi",  "on",
                                "ong", "ô",   "ôi",  "ôn",  "ông", "ơ",   "ơi",  "ơn",  "u",
                                "un",  "ung", "uân", "uôn", "ư",   "ưng", "ươi", "ương"};
  constexpr std::array tones = {"", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"};
  std::vector<std::string> out;
  for (const std::string onset : onsets)
    for (const std::string rime : rimes)
      for (const std::string tone : tones) {
        // Behind the first vowel, where it is as well understood.
        std::size_t vowel = 0;
        static_cast<void>(next_code_point(rime, vowel));
        out.push_back(nfc(onset + rime.substr(0, vowel) + tone + rime.substr(vowel)));
      }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  std::mt19937 random(order_of_syllables);
  std::shuffle(out.begin(), out.end(), random);
  return out;
}

}  // namespace

Vietnamese::Vietnamese(std::uint32_t seed) : random_(seed), syllables_(all_syllables()) {
  std::vector<double> weights;
  for (std::size_t rank = 0; rank < syllables_.size(); ++rank)
    weights.push_back(1 / std::pow(static_cast<double>(rank) + 2.7, 1.0));
  often_ = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
}

std::string Vietnamese::syllable() { return syllables_[often_(random_)]; }

std::string Vietnamese::phrase() {
  std::string out = syllable();
  for (auto more = 1 + random_() % 4; more > 0; --more) out += ' ' + syllable();
  return out;
}

std::string Vietnamese::text(std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) {
    for (int sentences = 4; sentences > 0; --sentences) {
      auto first = syllable();
      if (is_ascii_lower(first.front()))
        first.front() = static_cast<char>(first.front() - 'a' + 'A');
      out += first;
      for (auto words = 8 + random_() % 16; words > 0; --words)
        out += (random_() % 12 == 0 ? ", " : " ") +
               (random_() % 40 == 0 ? std::to_string(random_() % 2000) : syllable());
      out += ". ";
    }
    out.back() = '\n';
    out += '\n';
  }
  out.resize(clip(out, bytes).size());
  return out;
}

}  // namespace tinwatch::bench
