#pragma once

#include "config/config.hpp"

#include <boost/json/object.hpp>

/// A configuration as people are shown it.
namespace tinwatch::config {

/// Puts what an included file has behind what there is: its lists are the same lists.
void add_included(boost::json::object& all, boost::json::object part);

/// `all`: what YamlReader has noted, of all files. Masks every secret in it. `include` is left out:
/// what it names is in.
[[nodiscard]] ShownConfig shown_from(boost::json::object all);

}  // namespace tinwatch::config
