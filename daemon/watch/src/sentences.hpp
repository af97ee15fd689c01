#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace tinwatch::watch {

/// The bytes of the sentence, or the sentences, that [begin, end) stands in: to the paragraph's
/// ends at most, and no more than 2,000 bytes on either side. A full stop in a number or an
/// abbreviation ends none.
[[nodiscard]] std::pair<std::size_t, std::size_t> sentence_around(std::string_view text,
                                                                  std::size_t begin,
                                                                  std::size_t end);

}  // namespace tinwatch::watch
