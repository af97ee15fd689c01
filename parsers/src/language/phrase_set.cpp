#include "language/phrase_set.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <unicode/uchar.h>

namespace tinwatch::parsers::language {
namespace {

constexpr char32_t any_number = U'0';
constexpr char32_t gap = U'…';

char32_t folded(char32_t c) {
  if (c < 0x80) return static_cast<char32_t>(ascii_lower(static_cast<char>(c)));
  if (c == U'’' || c == U'ʼ') return U'\'';
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

/// The next character as it is compared: a run of digits is one.
char32_t next_symbol(std::string_view text, std::size_t& at) {
  if (!is_digit(text[at])) return folded(next_code_point(text, at));
  while (at < text.size() && is_digit(text[at])) ++at;
  return any_number;
}

bool is_of(char32_t c, std::uint32_t categories) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & categories) != 0;
}
constexpr std::uint32_t letters = U_GC_L_MASK | U_GC_M_MASK;
constexpr std::uint32_t letters_and_numbers = letters | U_GC_N_MASK;

bool begins_with(std::string_view text, std::uint32_t categories) {
  std::size_t at = 0;
  return !text.empty() && is_of(next_code_point(text, at), categories);
}

bool ends_with_letter(std::string_view text) {
  if (text.empty()) return false;
  auto at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
  return is_of(next_code_point(text, at), U_GC_L_MASK);
}

/// Bytes to where the sentence ends.
std::size_t rest_of_sentence(std::string_view text, std::size_t from) {
  return std::min({text.find('.', from), text.find("。", from), text.size()});
}

std::optional<std::size_t> end_of(std::string_view text, std::size_t from,
                                  std::u32string_view word) {
  for (const auto wanted : word)
    if (from >= text.size() || next_symbol(text, from) != wanted) return std::nullopt;
  return from;
}

}  // namespace

PhraseSet::PhraseSet(std::initializer_list<WordKind> kinds) {
  for (const auto kind : kinds)
    for (const auto& word : Words::all().listed(kind)) add(word.text);
  std::sort(phrases_.begin(), phrases_.end(),
            [](const auto& a, const auto& b) { return a.head < b.head; });
  for (const auto& one : phrases_) note_beginning(one.head.front());
}

/// The first bytes of a character and of what is folded to it.
void PhraseSet::note_beginning(char32_t first) {
  if (first == any_number) {
    for (char digit = '0'; digit <= '9'; ++digit) begins_.set(static_cast<unsigned char>(digit));
    return;
  }
  const auto c = static_cast<UChar32>(first);
  for (const auto form : {c, u_toupper(c), u_totitle(c)}) {
    std::string bytes;
    append_utf8(bytes, static_cast<char32_t>(form));
    begins_.set(static_cast<unsigned char>(bytes.front()));
  }
  // Apostrophes, and the letters that fold to k and s: Kelvin's sign, the long s.
  constexpr std::string_view others = "\xE2\xC5\xCA";
  if (first == U'\'' || first == U'k' || first == U's')
    for (const char byte : others) begins_.set(static_cast<unsigned char>(byte));
}

void PhraseSet::add(std::string_view word) {
  Phrase out;
  std::vector<std::u32string> parts(1);
  char32_t last = 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at < word.size(); ++count) {
    const auto start = at;
    last = next_code_point(word, at);
    if (last == gap) {
      // The blanks beside it belong to it.
      while (parts.back().ends_with(U' ')) parts.back().pop_back();
      while (at < word.size() && word[at] == ' ') ++at;
      parts.emplace_back();
      continue;
    }
    at = start;
    parts.back() += next_symbol(word, at);
  }
  out.open = last == gap;
  if (out.open) parts.pop_back();
  if (parts.empty() || parts.front().empty()) return;
  out.set_apart =
      !out.open && ((is_of(last, letters) && is_set_apart(last)) || is_of(last, U_GC_ND_MASK));
  out.as_it_stands = count == 1 && out.set_apart;
  out.head = std::move(parts.front());
  parts.erase(parts.begin());
  out.rest = std::move(parts);
  phrases_.push_back(std::move(out));
}

template <class Found_>
void PhraseSet::match(std::string_view text, Found_ found) const {
  if (text.empty() || !may_begin(text.front())) return;
  auto from = phrases_.begin();
  auto to = phrases_.end();
  std::size_t at = 0;
  for (std::size_t k = 0; from != to; ++k) {
    for (; from != to && from->head.size() == k; ++from) {
      auto end = std::optional(at);
      for (const auto& part : from->rest) {
        // Anything of the sentence may stand between.
        const auto stop = rest_of_sentence(text, *end);
        auto start = *end;
        for (end.reset(); start <= stop && !end; ++start) end = end_of(text, start, part);
        if (!end) break;
      }
      if (!end) continue;
      std::size_t first = 0;
      if (from->as_it_stands && next_code_point(text, first) != from->head.front()) continue;
      if (found(*from, from->open ? rest_of_sentence(text, *end) : *end)) return;
    }
    if (from == to || at >= text.size()) return;
    const auto symbol = next_symbol(text, at);
    from = std::lower_bound(from, to, symbol,
                            [k](const Phrase& one, char32_t c) { return one.head[k] < c; });
    to = std::upper_bound(from, to, symbol,
                          [k](char32_t c, const Phrase& one) { return c < one.head[k]; });
  }
}

std::optional<std::size_t> PhraseSet::opening(std::string_view text) const {
  std::optional<std::size_t> out;
  match(text, [&](const Phrase& one, std::size_t end) {
    if (!one.set_apart || !begins_with(text.substr(end), letters_and_numbers))
      out = std::max(out.value_or(0), end);
    return false;
  });
  return out;
}

std::vector<std::size_t> PhraseSet::ends(std::string_view text) const {
  std::vector<std::size_t> out;
  match(text, [&](const Phrase&, std::size_t end) {
    out.push_back(end);
    return false;
  });
  std::sort(out.begin(), out.end());
  return out;
}

bool PhraseSet::is_whole(std::string_view text) const {
  bool out = false;
  match(text, [&](const Phrase&, std::size_t end) {
    auto rest = text.substr(end);
    while (!rest.empty() && !begins_with(rest, U_GC_L_MASK | U_GC_N_MASK)) {
      std::size_t at = 0;
      static_cast<void>(next_code_point(rest, at));
      rest.remove_prefix(at);
    }
    return out = rest.empty();
  });
  return out;
}

bool PhraseSet::stands_in(std::string_view text) const {
  bool out = false;
  for (std::size_t at = 0; at < text.size() && !out;) {
    match(text.substr(at), [&](const Phrase&, std::size_t) { return out = true; });
    static_cast<void>(next_code_point(text, at));
  }
  return out;
}

std::optional<PhraseSet::Found> PhraseSet::find(std::string_view text) const {
  std::optional<Found> out;
  for (std::size_t at = 0; at < text.size() && !out;) {
    if (!may_begin(text[at])) {
      ++at;
      continue;
    }
    match(text.substr(at), [&](const Phrase& one, std::size_t end) {
      const bool stands = !one.set_apart || (!ends_with_letter(text.substr(0, at)) &&
                                             !begins_with(text.substr(at + end), letters));
      if (stands && (!out || at + end > out->end)) out = Found{at, at + end, one.set_apart};
      return false;
    });
    static_cast<void>(next_code_point(text, at));
  }
  return out;
}

}  // namespace tinwatch::parsers::language
