#pragma once

#include "core/record.hpp"

#include <string_view>

namespace tinwatch::monitor {

/// Whether `shown` is what a paywall leaves of `known`: its beginning, and much less of it. What
/// the page asks its readers to buy may stand behind.
[[nodiscard]] bool is_teaser(const ArticleRecord& known, const ArticleRecord& shown);

/// Whether the markup of a page names a paywall. Many pages name one that is not up: it says
/// something only where the page before did not.
[[nodiscard]] bool names_paywall(std::string_view html);

/// A page behind a paywall as the article that is known: with its text, and with what the page
/// itself still shows (its headline, who wrote it).
[[nodiscard]] ArticleRecord with_known_text(ArticleRecord shown, const ArticleRecord& known);

}  // namespace tinwatch::monitor
