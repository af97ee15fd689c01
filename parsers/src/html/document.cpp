#include "parsers/document.hpp"

#include "core/text.hpp"
#include "html/charset_labels.hpp"
#include "html/legacy_text.hpp"

#include <algorithm>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace tinwatch::parsers {
namespace {

/// The value of `charset=` in a Content-Type header or a <meta>, lower case; empty if there is
/// none.
std::string charset_in(std::string_view text) {
  const std::string lower = ascii_lower(text);
  auto at = lower.find("charset");
  while (at != std::string::npos) {
    auto value = std::string_view(lower).substr(at + 7);
    value = trim(value);
    if (value.starts_with('=')) {
      value = trim(value.substr(1));
      const bool quoted = value.starts_with('"') || value.starts_with('\'');
      const auto end = quoted ? value.find(value.front(), 1) : value.find_first_of(" ;\"'>/\t\r\n");
      if (quoted && end != std::string_view::npos) return std::string(value.substr(1, end - 1));
      if (!quoted) return std::string(value.substr(0, end));
    }
    at = lower.find("charset", at + 7);
  }
  return {};
}

bool has_high_bytes(std::string_view body) {
  return std::any_of(body.begin(), body.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// Empty when ICU does not know `label` (but for an empty body).
std::string converted(std::string_view body, const std::string& label) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open(label.c_str(), &status);
  if (U_FAILURE(status)) return {};
  const icu::UnicodeString wide(body.data(), static_cast<std::int32_t>(body.size()), converter,
                                status);
  ucnv_close(converter);
  std::string out;
  if (U_SUCCESS(status)) wide.toUTF8String(out);
  return out;
}

/// UTF-8 in which something was cut inside of a character, or another page's bytes were pasted:
/// text in a legacy charset hardly ever holds such sequences, and never nearly only such.
bool is_mostly_utf8(std::string_view body) {
  constexpr std::size_t least = 3;
  constexpr std::size_t good_for_each_bad = 20;
  std::size_t good = 0;
  std::size_t bad = 0;
  for (std::size_t at = 0; at < body.size();) {
    const auto start = at;
    if (static_cast<unsigned char>(body[at]) < 0x80) {
      ++at;
      continue;
    }
    static_cast<void>(next_code_point(body, at));
    ++(at - start > 1 ? good : bad);
  }
  // A character that was cut leaves up to three bytes.
  return good >= least && bad <= std::max<std::size_t>(good / good_for_each_bad, 3) &&
         good > 4 * bad;
}

/// Charsets that ICU does not know, by the labels pages use.
const char* iconv_name(std::string_view label) {
  if (label == "viscii" || label == "csviscii" || label == "viscii1.1-1") return "VISCII";
  if (label == "iso-8859-16") return "ISO-8859-16";
  if (label.starts_with("tcvn") || label == "x-viet-tcvn5712") return "TCVN5712-1";
  return nullptr;
}

/// What the bytes look like. Against a declared windows-1252 only a Vietnamese charset is believed:
/// the detector is good at those and poor at telling the Latin ones apart.
std::string detected(std::string_view body, bool declared_latin) {
  auto found = detect_charset(body);
  const bool vietnamese = found == "viscii" || found == "windows-1258";
  if (found.empty() || found == "ascii" || found == "utf-8") return "windows-1252";
  if (declared_latin && !vietnamese) return "windows-1252";
  return found;
}

}  // namespace

Document decode(std::string url, std::string_view content_type, std::string_view body) {
  Document document{.url = std::move(url)};
  if (body.starts_with("\xEF\xBB\xBF")) {
    body.remove_prefix(3);
    document.charset = "utf-8";
  } else if (body.starts_with("\xFF\xFE")) {
    document.charset = "utf-16le";
    body.remove_prefix(2);
  } else if (body.starts_with("\xFE\xFF")) {
    document.charset = "utf-16be";
    body.remove_prefix(2);
  } else if (is_valid_utf8(body) ? has_high_bytes(body) : is_mostly_utf8(body)) {
    document.charset = "utf-8";
  } else {
    document.charset = charset_in(content_type);
    if (document.charset.empty()) document.charset = charset_in(body.substr(0, 1024));
    document.charset = converter_for(document.charset);
    // A page that could say utf-16 in ASCII is not in utf-16 (WHATWG HTML section 13.2.3.3).
    if (document.charset.starts_with("utf-16")) document.charset = "utf-8";
    // What the web calls latin-1 is windows-1252 (WHATWG Encoding section 4.2), and is what systems
    // declare that know nothing: like no label at all, it is checked against the bytes.
    const bool latin = document.charset == "windows-1252";
    if (document.charset.empty() || latin) {
      if (!has_high_bytes(body))
        document.charset = "utf-8";
      else
        document.charset = detected(body, latin);
    }
  }
  if (uses_abc_fonts(body)) {
    document.charset = "tcvn3";
    document.html = convert_abc_fonts(body);
    return document;
  }
  if (document.charset == "utf-8") {
    document.html = is_valid_utf8(body) ? std::string(body) : repair_utf8(body);
    if (auto right = repair_double_encoding(document.html)) document.html = std::move(*right);
    return document;
  }
  if (const auto* name = iconv_name(document.charset))
    document.html = convert_with_iconv(body, name).value_or("");
  else
    document.html = converted(body, document.charset);
  if (document.html.empty()) document.html = repair_utf8(body);
  return document;
}

}  // namespace tinwatch::parsers
