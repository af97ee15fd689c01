#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch {

/// The text as the record stores it: NFC, every run of white space (NBSP included) one space,
/// trimmed, zero-width characters and NUL gone. Input is UTF-8; invalid bytes become U+FFFD.
[[nodiscard]] std::string squeeze(std::string_view text);

/// UTF-8 in canonical composition (Unicode NFC); invalid bytes become U+FFFD. Linear: a letter
/// keeps 30 marks, then a combining grapheme joiner (U+034F) separates the next 30 (Stream-Safe
/// Text Format, UAX #15 section 13). No language needs more than a few.
[[nodiscard]] std::string nfc(std::string_view text);

/// UTF-8, case-folded (Unicode full case folding, no locale).
[[nodiscard]] std::string fold_case(std::string_view text);

/// Nothing a reader sees: zero-width space and joiners, word joiner, BOM, soft hyphen, NUL.
[[nodiscard]] constexpr bool is_invisible(char32_t c) {
  return c == 0 || (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff || c == 0xad;
}

/// The five Vietnamese tone marks: grave, acute, tilde, hook above, dot below.
[[nodiscard]] constexpr bool is_vietnamese_tone(char32_t c) {
  return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}
/// A Vietnamese syllable in a comparable form: case-folded, its tone moved from its letter to the
/// end, so that hòa and hoà meet. Eth, often typed for d with stroke, is taken for it.
[[nodiscard]] std::string fold_tone(std::string_view syllable);
/// The same without any mark: Đường becomes duong.
[[nodiscard]] std::string fold_marks(std::string_view syllable);

[[nodiscard]] bool is_valid_utf8(std::string_view text);
/// Valid text as it is; elsewhere invalid bytes become U+FFFD.
[[nodiscard]] std::string repair_utf8(std::string_view text);

/// ASCII only; enough for header names, schemes, tags.
[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool iequals(std::string_view a, std::string_view b);
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] bool has_digit(std::string_view text);
/// Whether `lower`, which is in lower case, stands in the text in any case.
[[nodiscard]] bool contains_in_any_case(std::string_view text, std::string_view lower);
/// Whether it is digits and nothing else; not when it is empty.
[[nodiscard]] bool is_digits(std::string_view text);
/// Whether `text` is one of `names`, to the letter.
[[nodiscard]] bool is_one_of(std::string_view text, std::span<const std::string_view> names);
[[nodiscard]] bool is_one_of(std::string_view text, std::initializer_list<std::string_view> names);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// Words as the record counts them: runs of anything but white space.
[[nodiscard]] std::vector<std::string_view> words(std::string_view text);

/// At most `limit` bytes of `text`, never cutting a UTF-8 sequence.
[[nodiscard]] std::string_view clip(std::string_view text, std::size_t limit);

/// The same, with an ellipsis in the limit's last three bytes where something was left out.
[[nodiscard]] std::string clipped(std::string_view text, std::size_t limit);

/// The same for whatever is not plain there: four bytes, or not valid.
[[nodiscard]] char32_t next_odd_code_point(std::string_view text, std::size_t& at);
/// Decodes one UTF-8 code point at `at` and moves past it; U+FFFD for an invalid byte. Inline for
/// one to three bytes: every text of every page goes through it more than once.
[[nodiscard]] inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80; };
  const char32_t first = byte(0);
  if (first < 0x80) {
    ++at;
    return first;
  }
  const auto left = text.size() - at;
  if (first >= 0xc2 && first <= 0xdf && left >= 2 && continues(1)) {
    const char32_t c = (first & 0x1fU) << 6U | (byte(1) & 0x3fU);
    at += 2;
    return c;
  }
  if (first >= 0xe1 && first <= 0xec && left >= 3 && continues(1) && continues(2)) {
    const char32_t c = (first & 0x0fU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU);
    at += 3;
    return c;
  }
  return next_odd_code_point(text, at);
}
void append_utf8(std::string& out, char32_t code_point);

/// For HTML text and quoted attribute values.
[[nodiscard]] std::string escape_html(std::string_view text);

/// For one path segment or query value (RFC 3986 section 2.1): all but unreserved is encoded.
[[nodiscard]] std::string percent_encode(std::string_view text);
[[nodiscard]] std::string percent_decode(std::string_view text);

}  // namespace tinwatch
