#pragma once

#include "alerts/letter_template.hpp"

#include <string_view>

namespace tinwatch::alerts {

/// The words of messages, in the receiver's language. Each is a whole phrase: none is put together
/// from parts whose order another language would change.
struct LetterWords {
  std::string_view watch;           ///< before a watch's title
  std::string_view seen;            ///< first seen
  std::string_view previous_check;  ///< the last look that showed the text before
  std::string_view further_edits;   ///< behind a number
  std::string_view further_stories;
  std::string_view disclosed;    ///< the page says that it was edited
  std::string_view undisclosed;  ///< it does not
  std::string_view alternates;
  std::string_view stale;       ///< copies elsewhere that carry the old words; behind `n / m`
  std::string_view stood;       ///< an edit that was taken back, before the times
  std::string_view difference;  ///< names of links
  std::string_view article;
  std::string_view original;
  std::string_view explain;
  std::string_view summary;  ///< of many events
  std::string_view all;      ///< link to all of them
  std::string_view severity;
  std::string_view snoozed;  ///< behind a number of hits that were not told
};

[[nodiscard]] const LetterWords& words_of(Language language);

}  // namespace tinwatch::alerts
