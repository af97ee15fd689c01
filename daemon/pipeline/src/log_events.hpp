#pragma once

#include "decide_article.hpp"

#include <string>
#include <string_view>

namespace tinwatch::pipeline {

/// `published` of `tinwatch.article.published`; empty for an event of another kind.
[[nodiscard]] std::string_view event_word(const std::string& type);

/// One line in the log for each event of a visit.
void log_events(const storage::FrontierItem& item, const Decision& decision,
                const std::string& headline);

}  // namespace tinwatch::pipeline
