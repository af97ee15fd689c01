#pragma once

#include "page/boilerplate.hpp"

#include <vector>

namespace tinwatch::parsers {

/// Which of the blocks between the headline and the end of `content` are captions, one flag a block
/// of `clean.blocks`. Told by
/// place and shape, whatever the markup is called: a short text that shares a box with a picture
/// and with nothing else, or a line under a picture whose shape stands nowhere but under pictures.
[[nodiscard]] std::vector<bool> find_captions(Page& page, const CleanPage& clean,
                                              Dom::Index content);

}  // namespace tinwatch::parsers
