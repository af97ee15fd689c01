#pragma once

#include "frame.hpp"
#include "storage/rhythm.hpp"

/// `/sources/NAME`: how a source is read, and what it does all day.
namespace tinwatch::pages {

struct SourcePageView {
  storage::SourceLook look;
  storage::SourceRhythm rhythm;  ///< of the last `rhythm_days`
};
inline constexpr int rhythm_days = 30;

/// Nothing where there is no such source.
[[nodiscard]] std::optional<SourcePageView> source_of(const storage::Reader& reader,
                                                      const std::string& name,
                                                      const Manner& manner);
[[nodiscard]] api::Reply source_page(const SourcePageView& source, const Manner& manner);

}  // namespace tinwatch::pages
