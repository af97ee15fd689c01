#pragma once

#include "api/answer.hpp"

/// The pages that people look at: rendered here, readable without script, in the reader's language
/// (Accept-Language: vi, en) and colours.
namespace tinwatch::pages {

/// Answers a path that is no API's: a page, a style sheet, or a page that says why there is none.
/// Pure but for the reader; a reader thread.
[[nodiscard]] api::Reply answer(const storage::Reader& reader, api::Request request,
                                api::Context context);

/// The same fault for whoever asks: a page for a browser, problem+json for a program, by what the
/// request accepts.
[[nodiscard]] api::Reply fault_page(const api::Request& request, api::Reply problem);

}  // namespace tinwatch::pages
