#pragma once

#include "api/message.hpp"
#include "console.hpp"
#include "store_access.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string>

/// What commands do with the API's answers.
namespace tinwatch::cli {

/// A refusal becomes the exit status 1 (nothing there), 2 (asked wrongly) or 3 (it did not work).
struct Refused {
  Exit exit;
  std::string detail;  ///< for people
};

/// Why a reply is no good one, for people.
[[nodiscard]] std::string detail_of(const api::Reply& reply);

/// The body of a good reply; throws Refused for another.
boost::json::value body_of(const api::Reply& reply);

/// The first `most` items of a list, page by page.
[[nodiscard]] boost::json::array items_of(const StoreAccess& store, api::Request request,
                                          std::size_t most);

/// A member as text; empty when it is absent or null.
[[nodiscard]] std::string text_at(const boost::json::object& in, const char* name);

/// Until when a host is left alone, and why.
[[nodiscard]] std::string left_alone(const boost::json::object& host);

[[nodiscard]] std::string padded(const std::string& text, std::size_t width);

/// Sets a parameter of a request, unless it is empty.
void put(api::Request& request, const char* name, const std::string& value);

/// Does the work; a refusal ends it with a complaint.
template <class Work>
Exit refusable(Work work) {
  try {
    return work();
  } catch (const Refused& refused) {
    complain(refused.detail);
    return refused.exit;
  }
}

}  // namespace tinwatch::cli
