#include "visit_report.hpp"

namespace tinwatch::crawl {

RequestReport report_of(const fetchers::FetchResult& result) {
  RequestReport out{.outcome = fetchers::outcome_of(result)};
  if (result)
    out.received =
        RequestReport::Received{.elapsed = result->elapsed, .wire_bytes = result->wire_bytes};
  if (result) {
    out.hops = static_cast<int>(result->redirects.size());
    out.status = result->status;
    out.url = result->url;
  } else {
    out.why = result.error().detail;
  }
  if (result || !result.error().robots_unread) out.failure = fetchers::failure_of(result);
  return out;
}

}  // namespace tinwatch::crawl
