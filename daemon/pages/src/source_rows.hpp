#pragma once

#include "frame.hpp"

/// Sources and receivers as lines of a page.
namespace tinwatch::pages {

[[nodiscard]] bool is_in_trouble(const storage::SourceView& source);
[[nodiscard]] View source_view(const storage::SourceView& source, const Manner& manner);
[[nodiscard]] View source_views(const std::vector<storage::SourceView>& sources,
                                const Manner& manner);
[[nodiscard]] View receiver_views(const std::vector<storage::OutboxView>& receivers,
                                  const Manner& manner);

/// `/sources`
[[nodiscard]] api::Reply sources_page(const storage::Reader& reader, const Manner& manner);

}  // namespace tinwatch::pages
