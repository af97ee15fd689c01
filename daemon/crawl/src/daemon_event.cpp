#include "crawl/daemon_event.hpp"

#include "decide_parts.hpp"

#include <boost/json/serialize.hpp>

namespace tinwatch::crawl {

storage::NewEvent daemon_event(const Plan& plan, EventType type, const boost::json::object& data,
                               const std::string& not_told, Instant now) {
  auto out = new_event(plan, type, Discovery::live, boost::json::serialize(data), now);
  std::erase_if(out.deliveries,
                [&](const auto& delivery) { return delivery.receiver == not_told; });
  return out;
}

}  // namespace tinwatch::crawl
