#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <stdexcept>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/stringpiece.h>
#include <unicode/utf8.h>

namespace tinwatch {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

constexpr bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_space(char32_t c) {
  if (c < 0x80) return is_ascii_space(static_cast<char>(c));
  return c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 &&
          (c <= 0x200a || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000));
}

/// Whether white space may begin with this byte: in ASCII itself, else that of U+0085 and U+00A0,
/// or of U+1680, U+2000 and U+3000.
constexpr bool may_open_space(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 ? is_ascii_space(c) : byte == 0xc2 || (byte >= 0xe1 && byte <= 0xe3);
}

/// Of scripts in which no character joins another one under NFC (Unicode's quick check is "yes" for
/// all of them, and none combines): Latin, Vietnamese included, punctuation, Han. Others are asked
/// of ICU.
bool is_surely_composed(char32_t c) {
  return c < 0x300 || (c >= 0x1e00 && c <= 0x1eff) || (c >= 0x2010 && c <= 0x205e) ||
         (c >= 0x4e00 && c <= 0x9fff) || c == 0xfffd;
}

/// The bytes of the character at `at`, where that is one that is surely nothing but itself: printed
/// ASCII, a Latin letter of two bytes, a Vietnamese one of three. 0: it has to be looked at.
std::size_t plain_length(std::string_view text, std::size_t at) {
  const auto left = text.size() - at;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80; };
  if (left == 0) return 0;
  const auto first = byte(0);
  if (first > ' ' && first < 0x7f) return 1;
  if (first >= 0xc3 && first <= 0xcb) return left >= 2 && continues(1) ? 2 : 0;  // to U+02FF
  if (first != 0xe1 || left < 3) return 0;
  return (byte(1) == 0xba || byte(1) == 0xbb) && continues(2) ? 3 : 0;  // U+1E80 to U+1EFF
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

/// Nothing for text with an invalid byte, which would come out as three.
std::optional<std::string> squeeze_valid(std::string_view text) {
  // What comes out is never longer than what went in, so it is written without asking for room, and
  // in runs: most texts are squeezed already.
  std::string out(text.size(), '\0');
  char* end = out.data();
  bool gap = false;
  bool composed = true;
  std::size_t run = 0;
  const auto flush = [&](std::size_t to) {
    if (run == to) return;
    if (gap && end != out.data()) *end++ = ' ';
    gap = false;
    end = std::copy(text.data() + run, text.data() + to, end);
  };
  std::size_t at = 0;
  while (at < text.size()) {
    const auto begin = at;
    const std::size_t blank = text[at] == ' ' && at > run ? 1 : 0;
    if (const auto length = plain_length(text, at + blank); length > 0) {
      at += blank + length;
      continue;
    }
    if (is_ascii_space(text[at])) {
      flush(at);
      run = ++at;
      gap = true;
      continue;
    }
    const char32_t c = next_code_point(text, at);
    const bool space = is_space(c);
    if (space || is_invisible(c)) {
      flush(begin);
      run = at;
      gap = gap || space;
      continue;
    }
    if (c == 0xfffd && text.substr(begin, at - begin) != replacement) return std::nullopt;
    composed = composed && is_surely_composed(c);
  }
  flush(at);
  out.resize(static_cast<std::size_t>(end - out.data()));
  if (!composed) return nfc(out);
  return out;
}

}  // namespace

char32_t next_odd_code_point(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, i, static_cast<std::int32_t>(text.size()), c);
  at = static_cast<std::size_t>(i);
  return static_cast<char32_t>(c);
}

void append_utf8(std::string& out, char32_t code_point) {
  std::array<char, 4> bytes{};
  std::int32_t length = 0;
  UBool failed = 0;
  U8_APPEND(reinterpret_cast<std::uint8_t*>(bytes.data()), length, 4,
            static_cast<UChar32>(code_point), failed);
  if (failed != 0) {
    out += replacement;
    return;
  }
  out.append(bytes.data(), static_cast<std::size_t>(length));
}

std::string fold_case(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  icu::CaseMap::utf8Fold(0, piece(text), sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot fold a text");
  return out;
}

std::string squeeze(std::string_view text) {
  auto out = squeeze_valid(text);
  return out ? *std::move(out) : squeeze_valid(repair_utf8(text)).value();
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = ascii_lower(c);
  return out;
}

bool iequals(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c); });
}

bool is_one_of(std::string_view text, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> names) {
  return is_one_of(text, std::span(names.begin(), names.size()));
}

bool contains_in_any_case(std::string_view text, std::string_view lower) {
  // Most of what is asked for a word is shorter than it.
  if (text.size() < lower.size()) return false;
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                     [](char a, char b) { return ascii_lower(a) == b; }) != text.end();
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return is_digit(c); });
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t start = std::string_view::npos;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    // A byte that opens no space is passed alone: those behind it open none either.
    const bool space =
        may_open_space(text[at]) ? is_space(next_code_point(text, at)) : (++at, false);
    if (space && start != std::string_view::npos) {
      out.push_back(text.substr(start, here - start));
      start = std::string_view::npos;
    } else if (!space && start == std::string_view::npos) {
      start = here;
    }
  }
  if (start != std::string_view::npos) out.push_back(text.substr(start));
  return out;
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 0x0f];
    }
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  const auto value = [](char c) -> int {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && value(text[i + 1]) >= 0 &&
        value(text[i + 2]) >= 0) {
      out += static_cast<char>(value(text[i + 1]) * 16 + value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace tinwatch
