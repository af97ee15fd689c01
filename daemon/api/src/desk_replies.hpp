#pragma once

#include "api/routes.hpp"

/// What people work with: watches, what is snoozed, hits. Each is a StoreHandler.
namespace tinwatch::api {

/// By name.
[[nodiscard]] Reply list_watches(const Question& question);
[[nodiscard]] Reply show_watch(const Question& question);
/// What people judged of its hits, with the revisions: what a query can be tried on.
[[nodiscard]] Reply list_cases(const Question& question);
[[nodiscard]] Reply list_snoozes(const Question& question);
/// Newest first, with what people made of them.
[[nodiscard]] Reply list_judged_hits(const Question& question);

}  // namespace tinwatch::api
