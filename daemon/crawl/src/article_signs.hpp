#pragma once

#include "core/editorial_state.hpp"
#include "monitor/doubt.hpp"
#include "monitor/site_guard.hpp"
#include "storage/frontier.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What an article's page says beside its record.
namespace tinwatch::crawl {

/// The server says that its page is younger than the one we know.
[[nodiscard]] bool is_dated_later(const std::string& now, const std::string& before);
/// Another text under the same ETag, or else the same date.
[[nodiscard]] bool validators_lied(const storage::Validators& now,
                                   const storage::Validators& before);
/// Whether an HTML page has no end: its last part was lost on the way, or it never has one.
[[nodiscard]] bool breaks_off(std::string_view body);
/// Of a page's headline and text, for as long as the daemon runs.
[[nodiscard]] std::uint64_t text_hash(const ArticleRecord& record);
/// What a look at a known article saw, by what is doubted of it.
[[nodiscard]] monitor::Sign sign_of(monitor::Doubt doubt);
/// Names of the editorial fields that are not the same.
[[nodiscard]] std::vector<std::string> differing_fields(const EditorialState& before,
                                                        const EditorialState& after);

}  // namespace tinwatch::crawl
