#pragma once

#include "decide_article.hpp"

#include <string>

namespace tinwatch::crawl {

/// One line in the log for each event of a visit.
void log_events(const storage::FrontierItem& item, const Decision& decision,
                const std::string& headline);

}  // namespace tinwatch::crawl
