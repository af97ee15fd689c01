#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Text from before UTF-8 and text that was decoded wrongly once: conversions that ICU does not do.
namespace tinwatch::parsers {

/// `bytes` from a charset that glibc's iconv knows, such as VISCII (RFC 1456) and TCVN5712-1, to
/// UTF-8. A byte without a meaning becomes U+FFFD. Nothing for an unknown charset.
[[nodiscard]] std::optional<std::string> convert_with_iconv(std::string_view bytes,
                                                            const char* charset);

/// Whether the page is set in the ABC fonts of the 1990s (`.VnTime`, `.VnArial`...), whose bytes
/// are TCVN3 whatever the page declares.
[[nodiscard]] bool uses_abc_fonts(std::string_view html);

/// A page in the ABC fonts to Unicode. TCVN3 has no capitals with tone marks: text in a font whose
/// name ends in H (`.VnTimeH`) is made upper case. `html` holds the bytes, or UTF-8 that was made
/// from them as if they were windows-1252.
[[nodiscard]] std::string convert_abc_fonts(std::string_view html);

/// UTF-8 that was read as windows-1252 and written as UTF-8 again ("Ä‘Æ°á»ng"), put right; nothing
/// when the text shows no sign of it. Legitimate text practically never holds such sequences.
[[nodiscard]] std::optional<std::string> repair_double_encoding(std::string_view text);

/// The charset uchardet takes `bytes` for; empty when it does not know.
[[nodiscard]] std::string detect_charset(std::string_view bytes);

}  // namespace tinwatch::parsers
