#pragma once

#include "config/config.hpp"
#include "crawl/plan.hpp"
#include "storage/source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tinwatch::app {

[[nodiscard]] std::shared_ptr<const crawl::Plan> plan_from(const config::Config& config);
[[nodiscard]] std::vector<storage::SourceEntry> source_entries(const config::Config& config);
/// Of texts that print no offset, where no profile says it.
[[nodiscard]] TimeZone zone_of(const config::Config& config);
/// The rules of one profile, or the generic ones where `profile` is empty. Throws
/// std::invalid_argument with the profile's faults.
[[nodiscard]] parsers::SitePtr site_for(const config::Config& config, const std::string& profile);
/// `tinwatch/VERSION (+CONTACT)`
[[nodiscard]] std::string user_agent(const config::Config& config);

}  // namespace tinwatch::app
