#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Foreign text on screens and in logs. Some characters act on a screen instead of standing on it:
/// they move the cursor, turn the direction of writing, or hide what follows. All escapes below
/// change the same ones, those of `acts_on_screen`. Text is UTF-8; an invalid byte becomes U+FFFD.
namespace tinwatch {

/// Control characters (C0, DEL, C1), line and paragraph separators, and the format characters that
/// reorder, annotate or hide: bidirectional controls (Trojan Source, CVE-2021-42574), zero-width
/// characters, interlinear annotation, tags. Not what only chooses a glyph (variation selectors).
[[nodiscard]] bool acts_on_screen(char32_t code_point);

/// As \u{XXXX}.
[[nodiscard]] std::string escape_controls(std::string_view text);

/// The same, at most `most` characters long, escapes counted as they are written; an ellipsis says
/// that there was more. Reads no more of `text` than it takes.
[[nodiscard]] std::string escape_controls(std::string_view text, std::size_t most);

/// The same but for line ends and tabs, for text of many lines.
[[nodiscard]] std::string escape_controls_in_lines(std::string_view text);

/// Within JSON (RFC 8259 section 7), as \uXXXX: the same value, written otherwise.
[[nodiscard]] std::string escape_controls_in_json(std::string_view json);

/// Within HTML, as character references; line ends stay.
[[nodiscard]] std::string escape_controls_in_html(std::string_view html);

}  // namespace tinwatch
