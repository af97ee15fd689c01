#pragma once

#include "page/text_block.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// A line of furniture, piece by piece. Beside a headline the date, the author and a counter often
/// share a line with nothing but markup between them, so what decides is what each piece says.
namespace tinwatch::parsers {

enum class PieceKind : std::uint8_t {
  date,
  counter,  ///< "5,042 views"
  byline,   ///< opens like one: "By Jane Rowe", "Bài, ảnh: Lê Mẫu"
  names,    ///< capitalised words, which are names where a date or a counter stands beside them
  mark,     ///< a dash, a bar, a bullet
  other
};

struct LinePiece {
  PieceKind kind = PieceKind::other;
  std::string text;
  Dom::Index at = Dom::none;  ///< the text node
};

/// What each text node of the block says, in order; a node is cut at bars and bullets where it says
/// nothing as a whole. Blocks of more than `longest_line` characters give nothing.
[[nodiscard]] std::vector<LinePiece> pieces_of(const Dom& dom, const TextBlock& block);
inline constexpr std::uint32_t longest_line = 200;

/// The text node that makes a counter with the one at `at`, a number in one and what it counts in
/// the other; `Dom::none` without one before `end`.
[[nodiscard]] Dom::Index counter_from(const Dom& dom, Dom::Index at, Dom::Index end);

/// Whether the pieces are a line of dates, counters and bylines and of nothing else.
[[nodiscard]] bool is_meta_line(const std::vector<LinePiece>& pieces);

/// The same where nobody is named.
[[nodiscard]] bool is_stamp_line(const std::vector<LinePiece>& pieces);

/// "By Jane Rowe", "Von Eva Muster", "Bài, ảnh: Lê Mẫu", "Lê Mẫu thực hiện": whole, and of names.
[[nodiscard]] bool is_byline(std::string_view text);

/// One that opens with a word that opens nothing else: "Tác giả: Lê Mẫu".
[[nodiscard]] bool is_labelled_byline(std::string_view text);

/// "Ana Lowe (ana@post.test)": names and an e-mail address.
[[nodiscard]] bool is_addressed_name(std::string_view text);

/// "By", "Author:", "Tác giả": nothing but the word that opens a byline; the names stand in the
/// next element.
[[nodiscard]] bool is_byline_label(std::string_view text);

/// The same without the word that opens it: "Bài, ảnh:", "Words:".
[[nodiscard]] std::string without_byline_label(std::string_view text);

/// Where the first of the marks stands in the text, and how wide it is; behind the text where there
/// is none.
struct Mark {
  std::size_t at = 0;
  std::size_t width = 0;
};
[[nodiscard]] Mark first_mark(std::string_view text, std::initializer_list<std::string_view> marks);

/// One short line of capitalised words without a full stop: a name, or several.
[[nodiscard]] bool looks_like_names(std::string_view text);

}  // namespace tinwatch::parsers
