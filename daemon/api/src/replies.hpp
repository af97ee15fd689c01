#pragma once

#include "api/routes.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>

/// What answers the rows of routes_api.cpp from the store. Each is a StoreHandler.
namespace tinwatch::api {

[[nodiscard]] Reply list_articles(const Question& question);
/// The newest revision of an article, or the one that the path names.
[[nodiscard]] Reply show_article(const Question& question);
[[nodiscard]] Reply list_revisions(const Question& question);
[[nodiscard]] Reply list_copies(const Question& question);
[[nodiscard]] Reply show_diff(const Question& question);
/// Foreign HTML, as text: it must not run in our origin.
[[nodiscard]] Reply raw_page(const Question& question);

[[nodiscard]] Reply list_events(const Question& question);
/// The JSON Schema of what an event of a type has as `data`.
[[nodiscard]] Reply show_event_schema(const Question& question);
/// Records are strings in it: JSON as it is stored, which is not read for the sake of a list.
[[nodiscard]] Reply list_history(const Question& question);

/// Articles any revision of which says what is looked for (docs/search.md).
[[nodiscard]] Reply search_articles(const Question& question);

/// What receivers were told, and what waits, newest first.
[[nodiscard]] Reply list_deliveries(const Question& question);
/// A delivery or a message.
[[nodiscard]] Reply show_delivery(const Question& question);
/// Hits and what people made of them; with `message`, all that it tells of, in the order of the
/// events.
[[nodiscard]] Reply list_hits(const Question& question);

[[nodiscard]] Reply list_sources(const Question& question);
[[nodiscard]] Reply show_status(const Question& question);
[[nodiscard]] Reply check_file(const Question& question);
[[nodiscard]] Reply verify(const Question& question);
[[nodiscard]] Reply explain(const Question& question);

/// Tokens, newest first; those that hold no more, too.
[[nodiscard]] Reply list_tokens(const Question& question);
/// Who changed what here, newest first.
[[nodiscard]] Reply list_audit(const Question& question);

/// The description of the API that is made of the table.
[[nodiscard]] Reply show_openapi(const Question& question);

// What they share.
/// 404 where there is no such source; nothing for none asked for.
[[nodiscard]] std::optional<Reply> unknown_source(const storage::Reader& reader,
                                                  const std::string& name);
[[nodiscard]] Reply not_found(const std::string& what);

}  // namespace tinwatch::api
