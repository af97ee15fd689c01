#pragma once

#include "config/config.hpp"
#include "pipeline/plan.hpp"
#include "storage/source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tinwatch::app {

[[nodiscard]] std::shared_ptr<const pipeline::Plan> plan_from(const config::Config& config);
[[nodiscard]] std::vector<storage::SourceEntry> source_entries(const config::Config& config);
/// `tinwatch/VERSION (+CONTACT)`
[[nodiscard]] std::string user_agent(const config::Config& config);

}  // namespace tinwatch::app
