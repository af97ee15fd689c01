#include "evidence_json.hpp"

#include "core/time.hpp"

#include <boost/json.hpp>

namespace tinwatch::api {

namespace json = boost::json;

json::object verify_json(const storage::VerifyReport& report) {
  json::object pages{{"kept", report.pages_kept}, {"notKept", report.pages_gone}};
  if (report.newest_gone) pages["newestNotKept"] = to_rfc3339(*report.newest_gone);
  const auto& uncovered = storage::what_verify_does_not_cover();
  json::object out{{"sound", report.is_whole()},
                   {"revisions", report.revisions},
                   {"articles", report.articles},
                   {"events", report.events},
                   {"rawPages", std::move(pages)},
                   {"faultCount", report.fault_count},
                   {"faults", json::array(report.faults.begin(), report.faults.end())},
                   {"notCovered", json::array(uncovered.begin(), uncovered.end())}};
  auto& sources = out["sources"].emplace_array();
  for (const auto& source : report.sources)
    sources.push_back(json::object{
        {"name", source.name}, {"revisions", source.revisions}, {"head", source.head}});
  return out;
}

}  // namespace tinwatch::api
