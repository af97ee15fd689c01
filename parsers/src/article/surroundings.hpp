#pragma once

#include "article/json_ld.hpp"
#include "core/record.hpp"
#include "page/boilerplate.hpp"
#include "parsers/dates.hpp"

#include <string>
#include <vector>

/// What stands around an article: not its text, but facts about it.
namespace tinwatch::parsers {

/// Views, comments, an audio reader: printed near the headline or declared.
void read_readings(Page& page, const CleanPage& clean, const JsonLd& ld, ArticleRecord& record);

/// Teasers of other articles in boxes named or headed as such, at most 50.
[[nodiscard]] std::vector<RelatedItem> find_related(Page& page, const CleanPage& clean,
                                                    Dom::Index content, const DateContext& context);

/// The imprint as Vietnamese papers must print it (Press Law 2016, article 47: governing body,
/// licence, editor in chief, address); nothing where the page has none.
[[nodiscard]] std::optional<Publisher> read_imprint(const Page& page, const CleanPage& clean,
                                                    const DateContext& context);

}  // namespace tinwatch::parsers
