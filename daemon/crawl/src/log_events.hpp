#pragma once

#include "decide_article.hpp"
#include "visit_report.hpp"

#include <string>

namespace tinwatch::crawl {

/// For a debug log: what became of one request.
void log_request(const storage::FrontierItem& item, const RequestReport& request);

/// One line in the log for each event of a visit.
void log_events(const storage::FrontierItem& item, const Decision& decision,
                const std::string& headline);

}  // namespace tinwatch::crawl
