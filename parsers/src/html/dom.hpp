#pragma once

#include "core/work_budget.hpp"
#include "html/tags.hpp"
#include "html/text_run.hpp"
#include "html/tree.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// Nodes that are out, one flag a node; a flagged node is out with all it holds. Empty: none is.
using Skip = std::vector<bool>;

inline bool is_out(const Skip& skip, std::size_t at) { return !skip.empty() && skip[at]; }

/// A tree as an array in document order: whoever walks it writes a loop, so no page is deep enough
/// to hurt. A node's descendants are `[index + 1, end)`.
class Dom {
 public:
  using Index = std::size_t;
  static constexpr Index none = std::numeric_limits<Index>::max();

  struct Node {
    GumboTag tag = GUMBO_TAG_UNKNOWN;  ///< of an element
    bool is_text = false;
    bool is_element = false;
    bool is_custom = false;  ///< of a name that a site made up, and set like a <div>
    Index parent = none;
    Index end = 0;                          ///< one past the last descendant
    std::string_view text;                  ///< of a text node; lives as long as this and the tree
    TextRun run;                            ///< what it adds to the block it stands in
    const GumboElement* element = nullptr;  ///< as Gumbo read it; null for a plain phrase
    AttributeTape::TagNumber attributes = 0;  ///< of a plain phrase
    std::uint64_t names = 0;                  ///< of its attributes, a bit each
  };

  /// `budget` pays for what is read of the tree; without one nobody counts.
  explicit Dom(const HtmlTree& tree, WorkBudget* budget = nullptr);
  Dom(const Dom&) = delete;
  Dom& operator=(const Dom&) = delete;

  [[nodiscard]] const Node& operator[](Index at) const { return nodes_[at]; }
  [[nodiscard]] Index size() const { return nodes_.size(); }

  /// Counts work done on the tree, in nodes or some dozen bytes each. Throws OverBudget.
  void step(std::size_t steps = 1) const {
    if (budget_) budget_->step(steps);
  }
  /// Between two stages.
  void look() const {
    if (budget_) budget_->look();
  }

  /// The element's name as written, lower case: of unknown elements too. Empty for text.
  [[nodiscard]] std::string type(Index at) const;
  /// Value of an attribute; empty when absent, and then its `data()` is null.
  [[nodiscard]] std::string_view attribute(Index at, std::string_view name) const {
    // Most questions are about attributes that are not there.
    if ((nodes_[at].names & name_bit(name)) == 0) return {};
    return read_attribute(at, name);
  }
  /// `class` and `id`, lower case, with a blank between.
  [[nodiscard]] std::string names(Index at) const;
  /// The text inside, squeezed; blocks and line breaks become blanks. Nodes marked in `skip` (one
  /// flag a node, or empty) are left out with all they hold.
  [[nodiscard]] std::string text(Index at, const Skip& skip = {}) const;
  /// The same where it is at most `most` bytes before squeezing; else empty. Looks no further than
  /// that, so that a question about a short line costs no more on a page that is one long one.
  [[nodiscard]] std::string brief_text(Index at, std::size_t most) const;
  [[nodiscard]] bool contains(Index outer, Index inner) const {
    return outer <= inner && inner < nodes_[outer].end;
  }

 private:
  Index add(const Node& node);
  void add_text(std::string_view text, Index parent);
  void add_phrases(std::span<const TextTape::Step> steps, Index parent);
  /// Elements of made-up names are lines where nothing beside them is set in a line.
  void set_custom_blocks();
  /// Whether the element stands for an e-mail address hidden from us; its content is then that.
  bool add_hidden_email(Index at);
  [[nodiscard]] std::string_view read_attribute(Index at, std::string_view name) const;

  const Placeholders& placeholders_;
  WorkBudget* budget_;
  std::vector<Node> nodes_;
  bool custom_ = false;              // an element of an unknown name is there
  std::deque<std::string> written_;  // texts in pieces; hidden e-mail addresses in clear
};

/// Walking so many nodes costs as much as reading the address of a link.
inline constexpr std::size_t steps_an_address = 20;

/// Whether `token` stands in an attribute's list of names between blanks, in any case (HTML 2.3.7):
/// `rel="alternate nofollow"`.
[[nodiscard]] bool has_token(std::string_view tokens, std::string_view token);

/// The text of a piece of HTML, squeezed: tags dropped, entities decoded.
[[nodiscard]] std::string plain_text(std::string_view html);

/// Whether a browser starts a new line for this element.
[[nodiscard]] bool is_block(GumboTag tag);

}  // namespace tinwatch::parsers
