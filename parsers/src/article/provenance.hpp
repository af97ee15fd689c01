#pragma once

#include "article/json_ld.hpp"
#include "core/record.hpp"
#include "page/head.hpp"

namespace tinwatch::parsers {

/// Says of every field that has a value and no source yet where the extraction takes it from.
void fill_provenance(const Head& head, const JsonLd& ld, ArticleRecord& record);

}  // namespace tinwatch::parsers
