#include "article/body_signs.hpp"
#include "article/content.hpp"
#include "core/text.hpp"
#include "page/phrases.hpp"
#include "parsers/dates.hpp"

#include <algorithm>
#include <unordered_set>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

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

  [[nodiscard]] std::uint32_t words() const { return block->words; }
  [[nodiscard]] double links() const { return block->link_share(); }
};

/// Where the prose begins and ends among the candidates.
struct Bounds {
  std::size_t first = 0;
  std::size_t last = 0;
};

Candidate make_candidate(const Page& page, const TextBlock& block, const Skip& skip) {
  Candidate out{.block = &block, .text = text_of(page.dom, block, skip)};
  out.key = word_key(out.text);
  out.tag = page.dom[block.owner].tag;
  for (Index a = block.owner; a != Dom::none; a = page.dom[a].parent) {
    const auto tag = page.dom[a].tag;
    out.in_list = out.in_list || tag == GUMBO_TAG_LI;
    out.in_table = out.in_table || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
    out.in_quote = out.in_quote || tag == GUMBO_TAG_BLOCKQUOTE;
  }
  out.sentence = phrases::ends_sentence(out.text);
  return out;
}

Bounds bounds_of(const std::vector<Candidate>& all) {
  Bounds out{.last = all.empty() ? 0 : all.size() - 1};
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].words() >= 15 && all[i].links() < 0.5) {
      out.first = i;
      break;
    }
  for (std::size_t i = all.size(); i-- > 0;) {
    const auto& one = all[i];
    if ((one.words() >= 12 || one.block->prose() > 0) && one.links() < 0.5 &&
        !phrases::is_contact(one.text) && !phrases::is_pointer(one.text)) {
      out.last = i;
      break;
    }
  }
  return out;
}

/// A printed headline stands at the top or as a heading; the same words in a paragraph are text.
bool is_headline(const Page& page, const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (one.tag == GUMBO_TAG_H1) return true;
  return one.words() >= 3 && page.titles.contains(one.key) &&
         (is_heading(one.tag) || at <= bounds.first + 1);
}

/// "The Associated Press Published Monday, November 18, 2019 8:22AM EST"
bool is_dated_byline(const Candidate& one, std::size_t at, const Bounds& bounds) {
  const bool edge = at <= bounds.first + 2 || at >= bounds.last;
  if (!edge || one.words() > 20 || one.sentence || !phrases::says_published(one.text)) return false;
  const auto date = parse_date(one.text, {});
  return date && date->precision <= DatePrecision::day;
}

/// A counter, or a date and counters side by side on one line: what changes at every visit.
bool is_reading_line(const Page& page, const Candidate& one) {
  if (one.words() > 30 || one.in_quote) return false;
  if (one.words() <= 6 && phrases::is_reading(one.text)) return true;
  bool reading = false;
  for (Index i = one.block->first; i < one.block->end; ++i) {
    if (!page.dom[i].is_text) continue;
    const auto text = squeeze(page.dom[i].text);
    if (text.size() <= 1) continue;  // a bar or a dash between them
    if (phrases::is_reading(text))
      reading = true;
    else if (!is_date_line(text))
      return false;
  }
  return reading;
}

bool is_date(const Candidate& one) {
  return one.words() <= 16 && !one.in_quote && !one.in_table && !one.in_list &&
         !is_heading(one.tag) && is_date_line(one.text);
}

/// "Related: ...", "Read more", "Share this": linked, or without a sentence, or after the text.
bool is_pointer(const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (one.words() > 45 || one.in_quote || !phrases::is_pointer(one.text)) return false;
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
  if (one.links() <= 0.75 || one.in_quote || one.in_table || begins_with_part_label(one.text))
    return false;
  const bool shouting =
      one.words() >= 4 && fold_case(one.text) != one.text &&
      std::none_of(one.text.begin(), one.text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return one.in_list || shouting || is_heading(one.tag) || !one.sentence || at > bounds.last ||
         one.links() > 0.95;
}

bool is_fragment(const Candidate& one, std::size_t at, const Bounds& bounds) {
  if (one.words() >= 8 || one.tag == GUMBO_TAG_P || one.in_list || one.in_table) return false;
  // A heading goes where nothing follows it (choose_blocks); a short paragraph may follow this one.
  return at < bounds.first ||
         (at > bounds.last && !one.in_quote && !one.sentence && !is_heading(one.tag));
}

/// Where a closing "About <company>" begins; the number of blocks when there is none.
std::size_t about_section(const std::vector<Candidate>& all, const Bounds& bounds) {
  const auto from = std::max<std::size_t>(bounds.first + 2, all.size() > 4 ? all.size() - 4 : 0);
  for (auto i = from; i + 1 < all.size(); ++i) {
    const auto& one = all[i];
    const bool heading = is_heading(one.tag) || one.block->strong_chars * 10 > one.block->chars * 9;
    if (heading && one.words() <= 8 && phrases::opens_self_portrait(one.text)) return i;
  }
  return all.size();
}

}  // namespace

std::vector<BodyBlock> choose_blocks(const Page& page, const CleanPage& clean, Index content) {
  std::vector<Candidate> all;
  for (const auto& block : clean.blocks)
    if (page.dom.contains(content, block.owner) && block.words > 0)
      all.push_back(make_candidate(page, block, clean.skip));
  const auto bounds = bounds_of(all);
  const auto about = about_section(all, bounds);
  std::vector<const Candidate*> kept;
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < about; ++i) {
    const auto& one = all[i];
    const bool repeated = one.words() >= 8 && !seen.insert(one.key).second;
    if (is_headline(page, one, i, bounds) || is_date(one) || is_reading_line(page, one) ||
        is_dated_byline(one, i, bounds) || is_pointer(one, i, bounds) ||
        is_credit(one, i, bounds) || is_contact(one, i, bounds) || is_link_line(one, i, bounds) ||
        is_fragment(one, i, bounds) || repeated)
      continue;
    kept.push_back(&one);
  }
  // A heading with nothing after it opened something that is gone.
  while (!kept.empty() && is_heading(kept.back()->tag)) kept.pop_back();
  std::vector<BodyBlock> out;
  out.reserve(kept.size());
  for (const auto* one : kept) out.push_back({*one->block, one->text});
  return out;
}

}  // namespace tinwatch::parsers
