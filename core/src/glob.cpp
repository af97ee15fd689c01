#include "glob.hpp"

namespace tinwatch {

bool GlobMatcher::matches(std::string_view pattern, std::string_view text) {
  constexpr auto nowhere = std::string_view::npos;
  const bool to_the_end = pattern.ends_with('$');
  if (to_the_end) pattern.remove_suffix(1);
  const auto first_star = pattern.find('*');
  const auto head = pattern.substr(0, first_star);
  steps_ += head.size() + 1;
  if (!text.starts_with(head)) return false;
  if (first_star == nowhere) return !to_the_end || text.size() == head.size();
  pattern.remove_prefix(first_star + 1);
  std::size_t at = head.size();
  for (auto star = pattern.find('*'); star != nowhere; star = pattern.find('*')) {
    const auto piece = pattern.substr(0, star);
    const auto found = find(text, piece, at);
    if (found == nowhere) return false;
    at = found + piece.size();
    pattern.remove_prefix(star + 1);
  }
  if (!to_the_end) return find(text, pattern, at) != nowhere;
  steps_ += pattern.size();
  return text.substr(at).ends_with(pattern);
}

std::size_t GlobMatcher::find(std::string_view text, std::string_view piece, std::size_t from) {
  if (piece.empty()) return from;
  if (piece.size() > text.size() - from) return std::string_view::npos;
  learn_borders(piece);
  std::size_t matched = 0;
  for (auto at = from; at < text.size(); ++at) {
    if (matched == 0) {  // most bytes begin nothing: skip them at the speed of memchr
      at = text.find(piece.front(), at);
      if (at == std::string_view::npos) break;
    }
    while (matched > 0 && piece[matched] != text[at]) matched = borders_[matched - 1];
    if (piece[matched] == text[at]) ++matched;
    if (matched == piece.size()) {
      steps_ += at + 1 - from;
      return at + 1 - matched;
    }
  }
  steps_ += text.size() - from;
  return std::string_view::npos;
}

void GlobMatcher::learn_borders(std::string_view piece) {
  steps_ += piece.size();
  borders_.assign(1, 0);
  std::uint32_t border = 0;
  for (std::size_t at = 1; at < piece.size(); ++at) {
    while (border > 0 && piece[border] != piece[at]) border = borders_[border - 1];
    if (piece[border] == piece[at]) ++border;
    borders_.push_back(border);
  }
}

}  // namespace tinwatch
