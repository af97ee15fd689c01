#include "article/block_candidate.hpp"
#include "article/body_signs.hpp"
#include "article/content.hpp"
#include "article/date_sources.hpp"
#include "article/repeats.hpp"
#include "core/text.hpp"
#include "page/line_parts.hpp"
#include "page/phrases.hpp"
#include "parsers/dates.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t longest_pointer = 200;   // bytes
constexpr std::size_t longest_heading = 1024;  // bytes
constexpr std::uint32_t most_heading_words = 20;

/// Where the prose begins and ends among the candidates.
struct Bounds {
  std::size_t first = 0;
  std::size_t last = 0;
};

Candidate make_candidate(const Page& page, const TextBlock& block, const Skip& skip) {
  Candidate out{.block = &block, .text = text_of(page.dom, block, skip)};
  out.key = word_key(out.text);
  out.tag = page.dom[block.owner].tag;
  bool in_cell = false;  // the innermost one tells
  for (Index a = block.owner; a != Dom::none; a = page.dom[a].parent) {
    const auto tag = page.dom[a].tag;
    out.in_list = out.in_list || tag == GUMBO_TAG_LI;
    const bool cell = tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
    if (cell && !in_cell) out.in_table = is_data_cell(page, a);
    in_cell = in_cell || cell;
    out.in_quote = out.in_quote || tag == GUMBO_TAG_BLOCKQUOTE;
  }
  out.sentence = phrases::ends_sentence(out.text);
  return out;
}

/// A long headline is no text.
Bounds bounds_of(const Page& page, const std::vector<Candidate>& all) {
  Bounds out{.last = all.empty() ? 0 : all.size() - 1};
  const auto headline = is_left_out("long-headline") ? Dom::none : page.headline;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].words() >= 15 && all[i].links() < 0.5 && !all[i].caption &&
        (headline == Dom::none || !page.dom.contains(headline, all[i].block->owner))) {
      out.first = i;
      break;
    }
  for (std::size_t i = all.size(); i-- > 0;) {
    const auto& one = all[i];
    if (!one.caption && (one.words() >= 12 || one.block->prose() > 0) && one.links() < 0.5 &&
        !phrases::is_contact(one.text) && !phrases::is_pointer(one.text)) {
      out.last = i;
      break;
    }
  }
  return out;
}

/// A printed headline stands at the top or as a heading; the same words in a paragraph are text.
/// Some systems set the headings of the parts as <h1> too.
bool is_headline(const Page& page, const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (one.tag == GUMBO_TAG_H1)
    return at <= bounds.first || at >= bounds.last || one.words() > most_heading_words ||
           page.headline == Dom::none || page.dom[page.headline].tag != GUMBO_TAG_H1 ||
           page.is_called(one.text) ||
           !page.is_called(page.dom.brief_text(page.headline, longest_heading)) ||
           is_left_out("part-h1");
  return one.words() >= 3 && page.titles.contains(one.key) &&
         (is_heading(one.tag) || at <= bounds.first + 1);
}

/// "The Associated Press Published Monday, November 18, 2019 8:22AM EST"
bool is_dated_byline(const Candidate& one, std::size_t at, const Bounds& bounds) {
  const bool edge = at <= bounds.first + 2 || at >= bounds.last;
  if (!edge || one.words() > 20 || one.sentence || !phrases::says_published(one.text)) return false;
  return read_day(one.text, {}).has_value();
}

/// Dates, counters and bylines side by side on one line: what stands beside a headline, and what
/// changes at every visit. A byline alone is told by its place: under the text it is the body's.
bool is_furniture_line(const Page& page, const Candidate& one, std::size_t at,
                       const Bounds& bounds) {
  if (one.in_quote || one.words() > 30 || (one.in_table && at > bounds.first)) return false;
  // Behind the first paragraph only dates and counters tell, and those have digits.
  if (at >= bounds.first && !holds_digit(page.dom, *one.block)) return false;
  const auto pieces = pieces_of(page.dom, *one.block);
  if (!is_meta_line(pieces)) return false;
  const bool byline_alone = std::none_of(pieces.begin(), pieces.end(), [](const LinePiece& piece) {
    return piece.kind == PieceKind::date || piece.kind == PieceKind::counter;
  });
  return !byline_alone || at < bounds.first;
}

/// A line above the text that holds a date, and nothing as long as a sentence: "Ha Noi, 6 November
/// 2024, updated 18:05, Print".
bool is_dated_line(const Page& page, const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (at >= bounds.first || one.words() > 24 || one.sentence || one.in_quote ||
      is_heading(one.tag) || is_left_out("dated-line"))
    return false;
  const auto pieces = pieces_of(page.dom, *one.block);
  return pieces.size() > 1 &&
         std::any_of(pieces.begin(), pieces.end(),
                     [](const auto& piece) { return piece.kind == PieceKind::date; }) &&
         std::all_of(pieces.begin(), pieces.end(), [](const auto& piece) {
           return piece.kind != PieceKind::other || words(piece.text).size() <= 5;
         });
}

bool has_letters(std::string_view text) {
  const auto key = word_key(text);
  return std::any_of(key.begin(), key.end(), [](char c) { return c != ' ' && !is_digit(c); });
}

/// Facts about the article at the top of its text: a definition list, rows that a label opens.
bool is_fact(const std::vector<Candidate>& all, std::size_t at, const Bounds& bounds) {
  const bool is_term = all[at].tag == GUMBO_TAG_DT || all[at].tag == GUMBO_TAG_DD;
  return (is_term ? at <= bounds.first + 6 : at < bounds.first && is_labelled_cell(all, at)) &&
         all[at].words() <= 8 && !is_left_out("facts");
}

/// A number in a box of its own: how many reacted to the paragraph above it, which picture it is.
bool is_bare_number(const Candidate& one) {
  const auto most = one.text.find('/') == std::string::npos ? 1U : 2U;  // "1 / 4"
  return one.words() <= most && one.tag != GUMBO_TAG_P && !is_heading(one.tag) && !one.in_list &&
         !one.in_table && !one.in_quote && has_digit(one.text) && !has_letters(one.text) &&
         !is_left_out("bare-number");
}

/// All words are in links, and there are several: sections above the text, counters of shares.
bool is_row_of_links(const Page& page, const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (one.links() < 0.3 || one.words() > 30 || one.in_quote || one.in_table || one.sentence ||
      (one.in_list && at > bounds.first) || is_left_out("row-of-links"))
    return false;
  std::size_t links = 0;
  const auto& dom = page.dom;
  for (auto i = one.block->first; i < one.block->end; ++i) {
    if (!dom[i].is_text || dom[i].run.chars == 0) continue;
    if (ancestor(dom, i, GUMBO_TAG_A, one.block->owner) != Dom::none)
      ++links;
    else if (has_letters(dom[i].text))
      return false;
  }
  return links > 1;
}

/// All in capitals.
bool is_shouting(const std::string& text) {
  return fold_case(text) != text &&
         std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// A line of names between headline and text says who wrote it, a line behind it what they are.
bool is_header_name(const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (at <= bounds.first + 6 && one.words() <= 4 && !is_heading(one.tag) && !one.in_quote &&
      phrases::is_role(one.text))
    return true;
  return at <= bounds.first + 1 && !is_shouting(one.text) && one.words() <= 6 && !one.in_quote &&
         (!one.in_list || at < bounds.first) && !one.in_table && !is_heading(one.tag) &&
         one.links() == 0 && looks_like_names(one.text);
}

/// Who wrote it, under the text: "Bài, ảnh: Lê Mẫu", or a name in bold or set to the right.
bool is_signature(const Page& page, const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (at <= bounds.first || at < bounds.last || one.in_list || one.in_table || one.links() > 0.5)
    return false;
  if (is_byline(one.text) || (at > bounds.last && is_addressed_name(one.text))) return true;
  const bool set_apart = one.block->is_strong() ||
                         placing(page.dom, one.block->owner).find("right") != std::string::npos;
  return at > bounds.last && set_apart && one.words() <= 8 && !is_heading(one.tag) &&
         looks_like_names(one.text);
}

/// "Thời sự > Đời sống" above the text: where the page stands on its site.
bool is_trail(const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (at > bounds.first || one.sentence || one.words() > 14) return false;
  for (const std::string_view mark : {" > ", "»", "›"})
    if (one.text.find(mark) != std::string::npos) return true;
  return false;
}

/// "Quảng cáo", "Newsletter abonnieren": the only words of a box.
bool is_label(const Candidate& one) {
  return one.words() <= 14 && !one.in_quote && phrases::is_box_label(one.text);
}

bool is_date(const Candidate& one) {
  return one.words() <= 16 && !one.in_quote && !one.in_table && !one.in_list &&
         !is_heading(one.tag) && is_date_line(one.text);
}

/// "Related: ...", "Read more", "Share this": linked, or without a sentence, or after the text.
bool is_pointer(const Page& page, const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (one.words() > 45 || one.in_quote) return false;
  // "Xem thêm" in an element of its own, the link right behind it.
  const auto apart = [&] {
    return one.links() > 0.3 && text_nodes(page.dom, *one.block) > 1 &&
           phrases::is_pointer(spaced_text(page.dom, *one.block, longest_pointer)) &&
           !is_left_out("pointer-apart");
  };
  if (!phrases::is_pointer(one.text) && !apart()) return false;
  return (one.links() > 0.3 && !one.sentence) || one.links() > 0.7 ||
         (one.words() <= 6 && !one.sentence) || (at > bounds.last && one.words() <= 30);
}

bool is_credit(const Candidate& one, std::size_t at, const Bounds& bounds) {
  const bool edge = at <= bounds.first || at + 1 >= bounds.last;
  return one.words() <= 40 && !one.in_quote && edge && phrases::is_credit(one.text) &&
         (one.words() <= 12 || phrases::is_reporting_credit(one.text));
}

bool is_contact(const Candidate& one, std::size_t at, const Bounds& bounds) {
  return at + 3 >= bounds.last && one.words() <= 70 && !one.in_quote &&
         phrases::is_contact(one.text);
}

/// A paragraph that is only a link points away, unless it reads like a sentence of the text.
bool is_link_line(const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (one.written_list || one.item_heading || one.linked_paragraph || one.links() <= 0.75 ||
      one.in_quote || one.in_table || begins_with_part_label(one.text))
    return false;
  const bool shouting = one.words() >= 4 && is_shouting(one.text);
  return one.in_list || shouting || is_heading(one.tag) || !one.sentence || at > bounds.last ||
         one.links() > 0.95;
}

bool is_fragment(const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (one.words() >= 8 || one.tag == GUMBO_TAG_P || one.in_list || one.in_table) return false;
  // A heading goes where nothing follows it (choose_blocks); a short paragraph may follow this one.
  return at < bounds.first ||
         (at > bounds.last && !one.in_quote && !one.sentence && !is_heading(one.tag));
}

}  // namespace

std::vector<BodyBlock> choose_blocks(const Page& page, const CleanPage& clean,
                                     const std::vector<bool>& captions, Index content) {
  std::vector<Candidate> all;
  for (std::size_t n = 0; n < clean.blocks.size(); ++n) {
    const auto& block = clean.blocks[n];
    if (!page.dom.contains(content, block.owner) || block.words == 0) continue;
    all.push_back(make_candidate(page, block, clean.skip));
    all.back().caption = captions[n];
  }
  mark_written_lists(page.dom, all);
  mark_item_headings(all);
  mark_offers(page.dom, all);
  mark_header_names(page.dom, all);
  mark_linked_paragraphs(page.dom, all);
  mark_quoted_links(page.dom, all);
  const auto bounds = bounds_of(page, all);
  const auto about = about_section(all, bounds.first + 2);
  std::vector<const Candidate*> kept;
  Repeats repeats(page.dom);
  for (std::size_t i = 0; i < about; ++i) {
    const auto& one = all[i];
    if (one.caption || is_signature(page, one, i, bounds)) {
      kept.push_back(&one);
      continue;
    }
    const bool repeated = repeats.is_copy(one);
    if (is_headline(page, one, i, bounds) || is_date(one) ||
        is_furniture_line(page, one, i, bounds) || is_dated_line(page, one, i, bounds) ||
        is_row_of_links(page, one, i, bounds) || is_bare_number(one) || is_fact(all, i, bounds) ||
        one.in_offer || one.signs_header || is_label(one) || one.quoted_link ||
        is_header_name(one, i, bounds) || is_trail(one, i, bounds) ||
        is_dated_byline(one, i, bounds) || is_pointer(page, one, i, bounds) ||
        is_credit(one, i, bounds) || is_contact(one, i, bounds) || is_link_line(one, i, bounds) ||
        is_fragment(one, i, bounds) || repeated)
      continue;
    kept.push_back(&one);
  }
  // A heading with nothing after it opened something that is gone.
  while (!kept.empty() && is_heading(kept.back()->tag)) kept.pop_back();
  std::vector<BodyBlock> out;
  out.reserve(kept.size());
  for (const auto* one : kept) out.push_back({*one->block, one->text, one->caption});
  return out;
}

}  // namespace tinwatch::parsers
