#pragma once

#include "api/answer.hpp"
#include "api/preview.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

/// The form of a watch, sent and answered with a page.
namespace tinwatch::pages {

/// What a person wrote into the form, and what is said to it.
struct WatchAnswer {
  std::string name;  ///< of the watch that is edited; empty: it is a new one
  boost::json::object definition;
  int status = 200;
  std::vector<std::string> faults;
  std::vector<std::string> warnings;
  std::optional<api::Preview> preview;
};

/// The definition that the form's fields say; what no field says stays as it is `before`.
[[nodiscard]] boost::json::object definition_of(const std::map<std::string, std::string>& fields,
                                                boost::json::object before);

/// The page of the form again. A reader thread.
[[nodiscard]] api::Reply watch_form_page(const storage::Reader& reader, api::Request request,
                                         api::Context context, WatchAnswer answer);

}  // namespace tinwatch::pages
