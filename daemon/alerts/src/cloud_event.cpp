#include "alerts/cloud_event.hpp"

#include "core/text.hpp"
#include "core/time.hpp"

#include <boost/json.hpp>

#include <array>
#include <cstdio>
#include <utility>

namespace tinwatch::alerts {

std::string cloud_event_json(const Event& event, std::string_view external_url) {
  const std::string base(external_url);
  // CloudEvents "sequence" is a string that sorts: so it has a fixed width.
  std::array<char, 24> sequence{};
  std::snprintf(sequence.data(), sequence.size(), "%010lld",
                static_cast<long long>(event.sequence));
  boost::json::object out;
  out["specversion"] = "1.0";
  out["id"] = event.id;
  out["source"] = base + "sources/" + percent_encode(event.source);
  out["type"] = event.type;
  if (!event.subject.empty()) out["subject"] = event.subject;
  out["time"] = to_rfc3339(event.at);
  out["datacontenttype"] = "application/json";
  out["dataschema"] = base + "schemas/" + event.type + "/1";
  out["sequence"] = sequence.data();
  out["partitionkey"] = event.subject.empty() ? event.source : event.subject;
  auto data = boost::json::parse(event.data);
  auto& fields = data.as_object();
  // The data is clipped (pipeline/src/event_data.cpp): here is the whole.
  if (!event.subject.empty()) fields["link"] = base + "articles/" + percent_encode(event.subject);
  out["data"] = std::move(data);
  return boost::json::serialize(out);
}

}  // namespace tinwatch::alerts
