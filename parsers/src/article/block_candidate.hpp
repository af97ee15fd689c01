#pragma once

#include "page/page.hpp"
#include "page/text_block.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace tinwatch::parsers {

/// A block of the content with what the rules ask.
struct Candidate {
  const TextBlock* block = nullptr;
  std::string text;
  std::string key;  ///< word_key
  GumboTag tag = GUMBO_TAG_UNKNOWN;
  bool in_list = false;
  bool in_table = false;
  bool in_quote = false;
  bool sentence = false;  ///< ends like one
  bool caption = false;   ///< by its place
  bool in_offer = false;  ///< in a box among the paragraphs that says little and asks for a click
  bool signs_header = false;      ///< a name on a line of its own, above or below that of the date
  bool item_heading = false;      ///< a linked heading of a text that is a list of such
  bool quoted_link = false;       ///< all that a quotation says: the card of another post
  bool linked_paragraph = false;  ///< before others set alike that link nowhere
  bool written_list = false;  ///< an item of a list that stands among the paragraphs without a name

  /// Scripts without blanks say a word in two characters and more.
  [[nodiscard]] std::uint32_t words() const { return std::max(block->words, block->cjk_chars / 2); }
  [[nodiscard]] double links() const { return block->link_share(); }
};

/// Lists among paragraphs, set like nothing else of the site: their items are text, linked or not.
void mark_written_lists(const Dom& dom, std::vector<Candidate>& all);

/// "Subscribe to keep reading": boxes beside the paragraphs with a heading, a link or a button of
/// few words, and no prose.
void mark_offers(const Dom& dom, std::vector<Candidate>& all);

/// Sentences that are one link as a whole, before the first paragraph and set like it: a lead that
/// leads to the page itself or to its subject. Behind it they tell of other articles.
void mark_linked_paragraphs(const Dom& dom, std::vector<Candidate>& all);

/// Quotations that are nothing but a link.
void mark_quoted_links(const Dom& dom, std::vector<Candidate>& all);

/// Whether a <td> holds data: its row has several cells, and the page's headline is not in it.
[[nodiscard]] bool is_data_cell(const Page& page, Dom::Index cell);

/// A cell that is a label ("Author:"), or stands behind one.
[[nodiscard]] bool is_labelled_cell(const std::vector<Candidate>& all, std::size_t at);

/// Whether text of a block has a digit. A <time> among it counts, which the text is without.
[[nodiscard]] bool holds_digit(const Dom& dom, const TextBlock& block);

/// Who wrote it, each on a line of its own between the lead and the date.
void mark_header_names(const Dom& dom, std::vector<Candidate>& all);

/// Where a closing "About <company>" or "About the author" begins, from `first` on; the number of
/// candidates when there is none.
[[nodiscard]] std::size_t about_section(const std::vector<Candidate>& all, std::size_t first);

/// "1. Drawing on the Right Side", linked to the book: headings of one level, each with text of its
/// own behind it. A box of teasers has no text, or none as long.
void mark_item_headings(std::vector<Candidate>& all);

}  // namespace tinwatch::parsers
