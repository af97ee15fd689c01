#include "login_page.hpp"

#include "api/access.hpp"
#include "pages/login.hpp"

#include <boost/json.hpp>

#include <utility>

namespace tinwatch::pages {
namespace {

api::Reply form(const std::string& next, const std::string& fault, const Manner& manner) {
  View view;
  view.set("next", next);
  if (!fault.empty()) view.set("fault", fault);
  if (!manner.who.empty()) view.set("who", manner.who);
  return render("login", std::move(view), manner.say("log_in"), "", manner);
}

}  // namespace

api::Reply login_form(const api::Request& request, const Manner& manner) {
  const auto next = api::safe_next(request.parameter("next"));
  auto page = form(next, "", manner);
  // The cookie is not sent where another site's link leads (SameSite=Strict), so that whoever
  // follows one out of a mail seems to be unknown. From here on the browser comes from us.
  if (request.fetch.site == "cross-site" && !request.parameter("next").empty())
    page.location = next;
  return page;
}

api::Reply login_refused(const api::Request& request, api::Reply refusal) {
  const bool is_fault = refusal.content_type == "application/problem+json";
  if (!is_fault || request.accept.find("text/html") == std::string::npos) return refusal;
  const auto manner = manner_of(request, {});
  const auto sent = api::parse_form(request.body);
  const auto next = sent.find("next");
  const auto detail = boost::json::parse(refusal.body).as_object();
  auto page = form(api::safe_next(next == sent.end() ? "" : next->second),
                   std::string(detail.at("detail").as_string()), manner);
  page.status = refusal.status;
  page.retry_after = refusal.retry_after;
  page.challenge = std::move(refusal.challenge);
  return page;
}

}  // namespace tinwatch::pages
