#pragma once

#include "article/body.hpp"

#include <string>
#include <unordered_set>
#include <vector>

namespace tinwatch::parsers {

/// Which words of a page lead into its article: told by names, place and weight
/// (docs/extraction.md, "Leads").
class Leads {
 public:
  /// `captions`: which of `clean.blocks` are some.
  Leads(Page& page, const CleanPage& clean, Dom::Index content, const std::vector<BodyBlock>& kept,
        const std::vector<bool>& captions);

  /// What stands between the headline and the content and is text: the lead, or the first
  /// paragraphs of a text that begins before the box which holds most of it. With the deck.
  [[nodiscard]] Body read_above();
  /// Whether a block of the content is the lead, nothing but headings having been read before it;
  /// `is_first`: nothing at all.
  [[nodiscard]] bool is_lead(const BodyBlock& kept, bool is_first);

 private:
  [[nodiscard]] bool is_wholly_marked(const TextBlock& block) const;
  [[nodiscard]] bool asks_again(const BodyBlock& kept) const;
  [[nodiscard]] bool is_heading_lead(const BodyBlock& kept) const;
  [[nodiscard]] bool is_set_apart(const BodyBlock& kept) const;
  [[nodiscard]] bool is_intro(std::size_t n) const;
  [[nodiscard]] bool is_lead_by_place(std::size_t n) const;
  [[nodiscard]] bool is_only_in_header(Dom::Index at) const;
  [[nodiscard]] std::string class_round(Dom::Index owner) const;

  Page& page_;
  const Dom& dom_;
  const CleanPage& clean_;
  Dom::Index content_;
  const std::vector<BodyBlock>& kept_;
  std::unordered_set<Dom::Index> captions_;  // where those above the content begin
  bool has_description_ = false;
};

}  // namespace tinwatch::parsers
