#include "article/byline_lines.hpp"

#include "article/author_elements.hpp"
#include "article/authors.hpp"
#include "article/body_signs.hpp"
#include "core/text.hpp"
#include "language/phrase_set.hpp"
#include "language/words.hpp"
#include "page/line_parts.hpp"
#include "page/page.hpp"
#include "page/phrases.hpp"
#include "rules.hpp"

#include <unicode/uchar.h>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::uint32_t longest_labelled = 14;  // words of a line with a byline
constexpr std::uint32_t longest_signature = 8;  // words of a line of names alone
constexpr std::size_t most_lines = 4;           // of names behind a label
constexpr std::size_t lines_behind = 2;         // of the text
constexpr std::size_t most_told = 3;            // lines about one author
constexpr std::size_t most_introduced_words = 5;
constexpr std::size_t most_lives = 4;      // paragraphs
constexpr std::size_t most_headings = 20;  // over lives that are looked at
constexpr std::size_t most_introduced = 8;

/// What stands behind a label: capitalised, and no date.
std::vector<std::string> names_of(const std::string& text) {
  if (has_digit(text) || words(text).size() > most_name_words || is_byline_label(text) ||
      fold_case(clip(text, 4)) == clip(text, 4))
    return {};
  return read_authors(text);
}

/// "and", ", and" between two names.
bool is_joint(std::string_view text) {
  return language::Words::all().of(language::WordKind::joining).contains(word_key(text));
}

/// The names that stand from there on, with nothing but marks between.
std::vector<std::string> names_from(const std::vector<LinePiece>& pieces, std::size_t from) {
  std::vector<std::string> out;
  for (auto k = from; k < pieces.size(); ++k) {
    if (pieces[k].kind == PieceKind::mark || is_joint(pieces[k].text)) continue;
    const auto names = names_of(pieces[k].text);
    if (names.empty() || (k > from && pieces[k].kind != PieceKind::names)) break;
    out.insert(out.end(), names.begin(), names.end());
  }
  return out;
}

/// "About the author", "Authors": what names and lives of writers stand under.
bool is_about(std::string_view text) {
  return is_byline_label(text) || phrases::is_about_author(text);
}

/// Names, and marks beside them.
bool is_names_alone(const std::vector<LinePiece>& line) {
  std::size_t names = 0;
  for (const auto& piece : line) {
    const bool mark = piece.kind == PieceKind::mark && !is_left_out("marked-names");
    if (piece.kind != PieceKind::names && !mark) return false;
    names += piece.kind == PieceKind::names ? 1 : 0;
  }
  return names == 1;
}

/// "By Name ...", "Von Name ...": and whatever follows.
bool opens_with_by(std::string_view text) {
  for (const auto end : language::phrases_of<language::WordKind::by>().ends(text)) {
    const auto rest = text.substr(end);
    if (!rest.starts_with(' ')) continue;
    std::size_t at = 1;
    if (at < rest.size() && u_isUUppercase(static_cast<UChar32>(next_code_point(rest, at))) != 0)
      return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> BylineLines::behind_label() const {
  if (is_left_out("label-alone")) return {};
  const auto& blocks = clean_.all;
  for (std::size_t n = 0; n < blocks.size(); ++n) {
    const auto& block = blocks[n];
    if (block.words > longest_labelled || clean_.why[block.owner] == Drop::media) continue;
    const bool prose =
        block.first > text_.content && block.first < text_.prose_end && block.prose() > 0;
    if (prose || !is_close_(block.first)) continue;
    const auto pieces = pieces_of(dom_, block);
    for (std::size_t k = 0; k < pieces.size(); ++k) {
      if (!is_byline_label(pieces[k].text)) continue;
      auto names = names_from(pieces, k + 1);
      for (auto next = n + 1; k + 1 == pieces.size() && next < blocks.size(); ++next) {
        if (blocks[next].words > longest_labelled || next > n + most_lines) break;
        const auto line = pieces_of(dom_, blocks[next]);
        const auto more = names_from(line, 0);
        names.insert(names.end(), more.begin(), more.end());
        // Several names stand on lines of their own, and nothing else on them.
        if (more.empty() || line.size() > 1) break;
      }
      if (!names.empty()) return names;
    }
  }
  return {};
}

std::vector<std::string> BylineLines::opened(const Where& is_near) const {
  for (std::size_t n = 0; n < clean_.all.size(); ++n) {
    const auto& block = clean_.all[n];
    if (block.words < 2 || block.words > longest_labelled) continue;
    if (clean_.why[block.owner] == Drop::media) continue;
    const auto& text = clean_.texts[n];
    // What can be nothing but a byline needs no other sign but its place.
    const bool labelled =
        is_labelled_byline(text) && is_close_(block.first) && !is_left_out("label-behind");
    if (!labelled && !is_near(block.owner)) continue;
    // What stands beside it without a blank between is none of its names: "By Ana LoweMay 4".
    if (has_digit(text) && !is_left_out("byline-piece"))
      for (const auto& one : pieces_of(dom_, block))
        if (one.kind == PieceKind::byline)
          if (auto names = read_authors(one.text); !names.empty()) return names;
    if (!opens_with_by(text) && !is_byline(text)) continue;
    if (auto names = read_authors(text); !names.empty()) return names;
  }
  return {};
}

std::vector<std::string> BylineLines::signed_behind() const {
  if (is_left_out("signed-behind")) return {};
  std::size_t looks = 0;
  for (std::size_t n = 0; n < clean_.all.size() && looks < lines_behind; ++n) {
    const auto& block = clean_.all[n];
    if (block.first < text_.prose_end || block.words == 0) continue;
    ++looks;
    if (block.words > longest_signature || block.link_chars > 0 ||
        clean_.why[block.owner] != Drop::kept || is_heading(dom_[block.owner].tag))
      continue;
    const bool apart =
        block.is_strong() || placing(dom_, block.owner).find("right") != std::string::npos;
    if (apart && looks_like_names(clean_.texts[n])) return read_authors(clean_.texts[n]);
  }
  return {};
}

std::vector<std::string> BylineLines::introduced() const {
  if (is_left_out("about-authors")) return {};
  const auto& blocks = clean_.all;
  std::vector<std::string> out;
  std::size_t looks = 0;
  for (auto n = first_of_lives(); n < blocks.size() && looks < most_headings; ++n) {
    const auto& heading = blocks[n];
    if (!is_heading(dom_[heading.owner].tag) && !heading.is_strong()) continue;
    if (heading.words > longest_signature) continue;
    if (!is_close_(heading.first)) break;
    if (!is_about(clean_.texts[n])) continue;
    ++looks;
    std::size_t others = 0;  // lines since the last name
    const auto box = dom_[heading.owner].parent;
    for (auto next = n + 1; next < blocks.size() && others < most_told; ++next) {
      const auto& said = clean_.texts[next];
      if (!dom_.contains(box, blocks[next].owner) || !is_close_(blocks[next].first) ||
          phrases::opens_comments(said) || phrases::opens_other_articles(said) ||
          out.size() >= most_introduced)
        break;
      auto names = name_that_heads(blocks[next]);
      others = names.empty() ? others + 1 : 0;
      out.insert(out.end(), names.begin(), names.end());
    }
    if (!out.empty()) break;
  }
  return out;
}

/// The first block of the text with hardly a paragraph of it from there on.
std::size_t BylineLines::first_of_lives() const {
  auto at = clean_.all.size();
  for (std::size_t prose = 0; at > 0 && clean_.all[at - 1].first >= text_.content; --at) {
    const auto& block = clean_.all[at - 1];
    if (block.first < text_.prose_end && block.prose() > 0 && ++prose > most_lives) break;
  }
  return at;
}

/// A line of names as a heading, in bold or in a link, or at the head of a longer one.
std::vector<std::string> BylineLines::name_that_heads(const TextBlock& block) const {
  auto first = block.first;
  while (first < block.end && (!dom_[first].is_text || dom_[first].run.chars == 0)) ++first;
  if (first == block.end) return {};
  const auto said = squeeze(dom_[first].text);
  if (words(said).size() > most_introduced_words || !looks_like_names(said) || is_about(said))
    return {};
  const auto inside = [&](GumboTag tag) { return ancestor(dom_, first, tag, block.owner); };
  // Under such a heading the titles of other articles may stand as well.
  const auto link = inside(GUMBO_TAG_A);
  const bool marked = link != Dom::none
                          ? leads_to_person(dom_, link)
                          : is_heading(dom_[block.owner].tag) || inside(GUMBO_TAG_B) != Dom::none ||
                                inside(GUMBO_TAG_STRONG) != Dom::none;
  if (!marked) return {};
  return read_authors(said);
}

std::pair<std::size_t, std::size_t> lines_of_names(const Dom& dom,
                                                   const std::vector<TextBlock>& blocks,
                                                   std::size_t from,
                                                   const std::vector<std::vector<LinePiece>>& lines,
                                                   std::size_t line) {
  std::pair out{line, line + 1};
  const auto owner = blocks[from + line].owner;
  const auto names = [&](std::size_t n) {
    if (!is_names_alone(lines[n])) return false;
    const auto other = blocks[from + n].owner;
    return dom[other].parent == dom[owner].parent && dom[other].tag == dom[owner].tag &&
           dom.attribute(other, "class") == dom.attribute(owner, "class");
  };
  if (!names(line) || is_left_out("name-lines")) return out;
  while (out.first > 0 && names(out.first - 1)) --out.first;
  while (out.second < lines.size() && names(out.second)) ++out.second;
  return out;
}

}  // namespace tinwatch::parsers
