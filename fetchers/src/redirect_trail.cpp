#include "redirect_trail.hpp"

#include "core/url.hpp"

namespace tinwatch::fetchers {
namespace {

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool is_permanent(int status) { return status == 301 || status == 308; }

FetchResult refuse(std::string why) {
  return fail(FetchError{FetchFailure::refused_address, std::move(why)});
}

}  // namespace

bool RedirectTrail::goes_on(FetchRequest& request, FetchResult& result) {
  seen_[request.url] = cookies_;
  if (!result) return false;
  // A wall that asks whether we keep cookies sends us to where we come from (RFC 6265 section 1).
  if (!request.jar.empty() && find_field(*result, "set-cookie")) ++cookies_;
  result->redirects = passed_;
  result->moved_permanently = permanent_ && !passed_.empty();
  if (!is_redirect(result->status)) return false;
  const int status = result->status;
  const auto next = resolve_url(request.url, result->location);
  if (!next) {
    result = refuse("redirect to '" + result->location + "' is not followed");
  } else if (passed_.size() == most_) {
    result = refuse("more than " + std::to_string(most_) + " redirects");
  } else if (const auto asked = seen_.find(*next);
             asked != seen_.end() && asked->second == cookies_) {
    result = refuse("redirects in a circle at " + *next);
  } else if (!may_lead(request, *next, status)) {
    result = refuse("redirect to " + *next +
                    " leaves the source; where it belongs to it, name that host in its 'hosts'");
  } else {
    permanent_ = permanent_ && is_permanent(status);
    passed_.push_back(request.url);
    // What the first page's server gave us is not told to whom it sends us.
    request.validators = {};
    if (!same_origin(request.url, *next)) request.headers.clear();
    request.url = *next;
    return true;
  }
  return false;
}

/// A site may send us on to its own hosts; a page that moved for good, to a new one.
bool RedirectTrail::may_lead(const FetchRequest& request, const std::string& next,
                             int status) const {
  if (!request.scope || request.scope->holds(next)) return true;
  return request.may_move && permanent_ && is_permanent(status) && SiteScope::has_usual_port(next);
}

}  // namespace tinwatch::fetchers
