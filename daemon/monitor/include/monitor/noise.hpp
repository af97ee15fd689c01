#pragma once

#include "core/editorial_state.hpp"
#include "core/record.hpp"
#include "core/types.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What of a page's text moves by itself: counters, ages, boxes that turn, notes that come and go.
/// One page cannot tell it from text; reads minutes apart can.
namespace tinwatch::monitor {

/// What such a text is known by, on all pages of one template:
/// - a line (too short and too plain for a sentence), its numbers as `#`: `# views · # shares`;
/// - `behind LABEL`: the lines of a box under a line that stays;
/// - a paragraph to the letter, as its beginning and a hash.
using NoiseForm = std::string;

/// What differs between two states of an article where nothing else does.
struct Restless {
  std::set<NoiseForm> forms;
  bool has_prose = false;  ///< a paragraph is among them: it came, went or wandered
};

/// Nothing where the states differ in anything that a reader would call an edit at first sight: in
/// another field than the body, in a caption, a lead or a quote, in a paragraph or a line that has
/// other words where it stands. Linear but for the edit script of the blocks, which has a bound.
[[nodiscard]] std::optional<Restless> restless_difference(const ReadArticle& before,
                                                          const ReadArticle& now);

/// What a page says in each of the forms that it has, and where among what does not move; to be
/// compared with another look's.
[[nodiscard]] std::map<NoiseForm, std::string> values_of(const ArticleRecord& record,
                                                         const std::set<NoiseForm>& forms);

/// How often a form was seen to move, at all articles of its template.
struct NoiseCount {
  int moves = 0;     ///< looks within `noise_moves_within` of the one before that found it changed
  int fresh = 0;     ///< those of them that found what neither of the two before them had
  int articles = 0;  ///< at which it moved
};
inline constexpr Duration noise_moves_within = std::chrono::minutes{15};
/// Whether it is noise. No single move says so. What only comes back and forth may be an edit that
/// not every server of the site has yet: one article never proves it, and of a number no two.
[[nodiscard]] bool is_noise(const NoiseForm& form, const NoiseCount& count);

/// Takes what is noise out of the body; returns the forms that were met. What stays of a paragraph
/// is all of it: a block goes whole or not at all.
std::set<NoiseForm> take_out(const std::set<NoiseForm>& noise, ArticleRecord& record);

}  // namespace tinwatch::monitor
