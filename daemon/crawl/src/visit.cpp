#include "visit.hpp"

namespace tinwatch::crawl {

Visit::Visit(const Doors& doors, const Memory& memory, std::shared_ptr<const Plan> plan,
             storage::FrontierItem item)
    : doors_(doors),
      memory_(memory),
      plan_(std::move(plan)),
      item_(std::move(item)),
      source_(plan_->sources.at(item_.source)) {}

Task<fetchers::FetchResult> Visit::fetch(bool conditional) {
  auto request = plan_->request(source_, item_.url);
  request.may_move = item_.kind == TargetKind::article && item_.last_success_at.has_value();
  request.decode = false;
  if (conditional) request.validators = {item_.validators.etag, item_.validators.last_modified};
  auto result = co_await doors_.fetcher.fetch(std::move(request));
  report_.request = report_of(result);
  if (result) item_.asked_at = now() - result->elapsed;
  co_return result;
}

Task<> Visit::miss(Miss miss) {
  report_.at = now();
  miss.is_alias = is_alias_;
  report_.retry = VisitReport::Retry{.kind = miss.kind, .why = miss.why, .wait = {}};
  auto update = decide_retry(item_, std::move(miss), report_.at);
  report_.retry->wait = wait_of(update);
  co_await doors_.store.update_frontier(std::move(update));
}

Task<> Visit::miss(std::string why, Duration least_wait) {
  return miss(Miss{.why = std::move(why), .least_wait = least_wait});
}

Task<> Visit::unless_costly(Task<> look, Duration least_wait) {
  std::string fault;
  try {
    co_await std::move(look);
  } catch (const PageFailed& e) {
    fault = e.what();
  }
  if (fault.empty()) co_return;
  report_.page_fault = FetchFailure::too_large;
  co_await miss(std::move(fault), least_wait);
}

std::shared_ptr<PageWork> Visit::work_for(bool journalled) const {
  auto out = std::make_shared<PageWork>();
  out->source = item_.source;
  out->url = item_.url;
  if (journalled) out->mark.emplace(doors_.store.parse_mark(item_.row));
  return out;
}

}  // namespace tinwatch::crawl
