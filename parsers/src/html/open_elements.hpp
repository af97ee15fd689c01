#pragma once

#include "core/text.hpp"
#include "html/tags.hpp"

#include <gumbo.h>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tinwatch::parsers {

/// How an element is treated.
struct Treatment {
  bool empty = false;     ///< never has an end tag
  bool unclosed = false;  ///< its end tag may be omitted: such elements close each other
  /// Gumbo opens it anew in every following block while it is not closed.
  bool formatting = false;
  bool dropped = false;  ///< with everything inside
  bool raw = false;      ///< its content is text, whatever it looks like
};

/// An element's name, as the page writes it.
struct Name {
  std::string_view text;
  GumboTag tag;  ///< GUMBO_TAG_UNKNOWN for one that HTML does not know

  explicit Name(std::string_view name)
      : text(name), tag(gumbo_tagn_enum(name.data(), static_cast<unsigned>(name.size()))) {}
  [[nodiscard]] const Treatment& treatment() const;
  friend bool operator==(const Name& a, const Name& b) {
    return a.tag == b.tag && (a.tag != GUMBO_TAG_UNKNOWN || iequals(a.text, b.text));
  }
};

/// The elements that are open, those cut for their depth too.
class OpenElements {
 public:
  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  [[nodiscard]] std::size_t formatting() const { return formatting_; }
  /// Of an element that HTML knows.
  [[nodiscard]] int count(GumboTag tag) const { return known_[tag]; }
  /// Whether a link or a formatting element did not begin and end in order: HTML then opens it
  /// anew somewhere.
  [[nodiscard]] bool has_lost_formatting() const { return lost_formatting_; }
  /// The same of a table or a <select>: HTML ignores such ends.
  [[nodiscard]] bool has_lost_place() const { return lost_place_; }
  /// Elements that the page closed and HTML does not: `</a>` ends no block inside the link,
  /// `</span>` nothing while a block is open, `</div>` nothing in an open table. They go on
  /// nesting.
  [[nodiscard]] std::size_t astray() const { return astray_.size(); }

  void open(const Name& name);
  /// Closes the last one of that name and what stands inside. Returns its depth, 1 for the
  /// outermost; 0 when none is open.
  std::size_t close(const Name& name);

 private:
  /// Where an element stands that is open for HTML alone.
  struct Astray {
    std::size_t depth;  ///< of the open elements it stands in
    Name name;
  };
  void note_ends(const Name& name, bool ignored, bool adopted, std::span<const Name> inner);

  int& count(const Name& name);
  [[nodiscard]] bool is_open(const Name& name) const;

  std::vector<Name> open_;
  std::vector<Astray> astray_;               // in the order they were opened
  std::array<int, GUMBO_TAG_LAST> known_{};  // of each in open_
  std::unordered_map<std::string, int> unknown_;
  std::size_t formatting_ = 0;
  bool lost_formatting_ = false;
  bool lost_place_ = false;
};

}  // namespace tinwatch::parsers
