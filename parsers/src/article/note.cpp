#include "parsers/note.hpp"

#include "article/correction_line.hpp"
#include "core/text.hpp"
#include "language/phrase_set.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using language::phrases_of;
using language::WordKind;

constexpr std::size_t longest_dated_opening = 40;  // bytes: "Correction of 4 March:"

std::string_view without_opening_marks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" *(["), text.size()));
}

/// Bytes of a mark that ends a sentence; 0: none stands here.
std::size_t end_mark(std::string_view text) {
  if (text.front() == '\n') return 1;
  if (text.front() == '.' || text.front() == '!' || text.front() == '?')
    return text.size() == 1 || text[1] == ' ' || text[1] == '\n' ? 1 : 0;
  for (const std::string_view mark : {"。", "！", "？", "।", "؟"})
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

Note note_of(std::string_view sentence) {
  if (opens_correction(sentence) || phrases_of<WordKind::regret>().stands_in(sentence))
    return Note::correction;
  if (!phrases_of<WordKind::edit_note>().ends(without_opening_marks(sentence)).empty())
    return Note::update;
  if (!phrases_of<WordKind::itself>().stands_in(sentence)) return Note::none;
  if (phrases_of<WordKind::mended>().stands_in(sentence)) return Note::correction;
  return phrases_of<WordKind::edited>().stands_in(sentence) ? Note::update : Note::none;
}

}  // namespace

bool opens_correction(std::string_view line) {
  const auto text = without_opening_marks(line);
  const auto length = phrases_of<WordKind::correction>().opening(text);
  if (!length) return false;
  const auto rest = trim(text.substr(*length));
  constexpr std::string_view marks = ".-(,";
  if (rest.empty() || marks.find(rest.front()) != std::string_view::npos) return true;
  const auto opened = text.substr(0, *length);
  char32_t last = 0;
  for (std::size_t at = 0; at < opened.size();) last = next_code_point(opened, at);
  // Several words, a mark of their own, or a script that writes no blanks.
  if (opened.find(' ') != std::string_view::npos || last == U':' || last == U'：' ||
      !language::is_set_apart(last))
    return true;
  return rest.substr(0, longest_dated_opening).find(':') != std::string_view::npos ||
         rest.starts_with("–") || rest.starts_with("—");
}

Note note_in(std::string_view added) {
  auto out = Note::none;
  for (std::size_t begin = 0; begin < added.size();) {
    auto end = begin;
    std::size_t mark = 0;
    while (end < added.size() && (mark = end_mark(added.substr(end))) == 0) ++end;
    out = std::max(out, note_of(added.substr(begin, end - begin)));
    begin = end + std::max<std::size_t>(mark, 1);
  }
  return out;
}

}  // namespace tinwatch::parsers
