#pragma once

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace tinwatch::api {

/// JSON Schemas by name, which point to each other as `#/components/schemas/NAME`.
struct SchemaFile {
  std::string_view name;
  std::string_view text;  ///< a JSON object
};

/// The files of daemon/api/schemas, compiled in.
[[nodiscard]] std::span<const SchemaFile> schema_files();
/// All of them.
[[nodiscard]] boost::json::object schemas_by_name();

}  // namespace tinwatch::api
