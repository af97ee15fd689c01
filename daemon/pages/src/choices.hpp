#pragma once

#include "frame.hpp"
#include "storage/reader.hpp"

#include <string>

/// What the selects of a form offer: `{{value}}`, `{{text}}`, and `{{#chosen}}`.
namespace tinwatch::pages {

[[nodiscard]] View choice(const std::string& value, const std::string& text, bool chosen);

/// All of them, or one; `chosen`: its name, empty: all.
[[nodiscard]] View source_choices(const storage::Reader& reader, const std::string& chosen,
                                  const Manner& manner);
[[nodiscard]] View type_choices(const std::string& chosen, const Manner& manner);
[[nodiscard]] View class_choices(const std::string& chosen, const Manner& manner);

}  // namespace tinwatch::pages
