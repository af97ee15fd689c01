#include "html/legacy_text.hpp"

#include "core/text.hpp"
#include "html/charset_labels.hpp"
#include "regex.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <uchardet/uchardet.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t detection_sample = 65536;  // bytes
constexpr std::size_t least_repairs = 8;         // runs; a single "Ã©" may be meant

/// What windows-1252 puts at 0x80 to 0x9F (WHATWG Encoding, index windows-1252).
constexpr std::array<char32_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// The byte that windows-1252 or Latin-1 decodes to `c`; 0 when there is none above ASCII.
unsigned char byte_of(char32_t c) {
  if (c >= 0x80 && c <= 0xFF) return static_cast<unsigned char>(c);
  const auto found = std::find(windows_1252.begin(), windows_1252.end(), c);
  return found == windows_1252.end()
             ? 0
             : static_cast<unsigned char>(0x80 + (found - windows_1252.begin()));
}

/// Back to the bytes that were read as windows-1252.
std::string original_bytes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    const auto c = next_code_point(text, at);
    const auto byte = c < 0x80 ? 0 : byte_of(c);
    if (byte != 0)
      out += static_cast<char>(byte);
    else
      out += text.substr(start, at - start);
  }
  return out;
}

std::string upper_text(std::string_view html) {
  std::string out;
  while (!html.empty()) {
    const auto tag = std::min(html.find('<'), html.size());
    icu::UnicodeString::fromUTF8({html.data(), static_cast<std::int32_t>(tag)})
        .toUpper(icu::Locale("vi"))
        .toUTF8String(out);
    const auto end = tag == html.size() ? tag : std::min(html.find('>', tag), html.size() - 1) + 1;
    out += html.substr(tag, end - tag);
    html.remove_prefix(end);
  }
  return out;
}

/// Whether the text holds what nearly every such page does: "Ã", "áº" or "á»" as they are written
/// twice. Looks for the byte of each that Vietnamese text has least of.
bool looks_encoded_twice(std::string_view text) {
  constexpr auto none = std::string_view::npos;
  for (auto at = text.find('\x83', 1); at != none; at = text.find('\x83', at + 1))
    if (text[at - 1] == '\xC3') return true;
  for (auto at = text.find('\xC2', 2); at != none; at = text.find('\xC2', at + 1)) {
    const auto around = text.substr(at - 2, 4);
    if (around == "\xC3\xA1\xC2\xBA" || around == "\xC3\xA1\xC2\xBB") return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> convert_with_iconv(std::string_view bytes, const char* charset) {
  const auto converter = iconv_open("UTF-8", charset);
  // iconv_open's own way to say no, as POSIX has it.
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string in(bytes);
  std::string out(bytes.size() * 3 + 16, '\0');
  auto* from = in.data();
  auto* to = out.data();
  std::size_t left = in.size();
  std::size_t room = out.size();
  while (left > 0) {
    if (iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1)) break;
    if (errno == E2BIG || room < 3) {
      const auto used = static_cast<std::size_t>(to - out.data());
      out.resize(out.size() * 2);
      to = out.data() + used;
      room = out.size() - used;
      continue;
    }
    // A byte that means nothing there.
    ++from;
    --left;
    for (const char c : std::string_view("\xEF\xBF\xBD")) *to++ = c;
    room -= 3;
  }
  iconv(converter, nullptr, nullptr, &to, &room);
  iconv_close(converter);
  out.resize(static_cast<std::size_t>(to - out.data()));
  return out;
}

bool uses_abc_fonts(std::string_view html) {
  // A page has fewer of that letter than dots.
  auto at = html.find("Vn", 1);
  while (at != std::string_view::npos && html[at - 1] != '.') at = html.find("Vn", at + 1);
  if (at == std::string_view::npos) return false;
  static const RE2 font(R"((?i)(?:face\s*=\s*["']?|font-family\s*:\s*["']?)\.Vn[A-Za-z])");
  return RE2::PartialMatch(piece(html), font);
}

std::string convert_abc_fonts(std::string_view html) {
  const auto bytes = is_valid_utf8(html) ? original_bytes(html) : std::string(html);
  // VN3, the code of these fonts, is the upper half of TCVN 5712-1.
  auto text = convert_with_iconv(bytes, "TCVN5712-1").value_or(bytes);
  static const RE2 capitals(
      R"((?i)(<font[^>]{0,200}face\s*=\s*["']?\.Vn\w*H["'\s>][^>]{0,200}>?))");
  std::string out;
  re2::StringPiece rest(text);
  re2::StringPiece tag;
  while (RE2::PartialMatch(rest, capitals, &tag)) {
    const auto end_of_tag = static_cast<std::size_t>(tag.data() + tag.size() - rest.data());
    const auto close = std::min(rest.find("</font", end_of_tag), rest.size());
    out.append(rest.data(), end_of_tag);
    out += upper_text({rest.data() + end_of_tag, close - end_of_tag});
    rest.remove_prefix(close);
  }
  out.append(rest.data(), rest.size());
  return out;
}

std::optional<std::string> repair_double_encoding(std::string_view text) {
  if (!looks_encoded_twice(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size());
  std::size_t repaired = 0;
  std::size_t runs = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      out += text[at++];
      continue;
    }
    const auto start = at;
    std::string bytes;
    bool mapped = true;
    while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
      const auto byte = byte_of(next_code_point(text, at));
      mapped = mapped && byte != 0;
      bytes += static_cast<char>(byte);
    }
    ++runs;
    if (mapped && bytes.size() >= 2 && is_valid_utf8(bytes)) {
      ++repaired;
      out += bytes;
    } else {
      out += text.substr(start, at - start);
    }
  }
  if (repaired < least_repairs || repaired * 2 < runs) return std::nullopt;
  return out;
}

std::string detect_charset(std::string_view bytes) {
  const std::unique_ptr<uchardet, void (*)(uchardet*)> detector(uchardet_new(), uchardet_delete);
  bytes = bytes.substr(0, detection_sample);
  if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return {};
  uchardet_data_end(detector.get());
  const auto name = ascii_lower(uchardet_get_charset(detector.get()));
  // Unified Hangul Code is what Microsoft calls its code page 949.
  return std::string(converter_for(name == "uhc" ? std::string_view("windows-949") : name));
}

}  // namespace tinwatch::parsers
