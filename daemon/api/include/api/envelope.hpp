#pragma once

#include "storage/views.hpp"

#include <boost/json/object.hpp>

/// Stored things as JSON: the shapes of the contract.
namespace tinwatch::api {

/// `{id, source, status, ..., revision: {...}}`: all but the record itself.
[[nodiscard]] boost::json::object article_json(const storage::ArticleView& article,
                                               const storage::RevisionView& revision);
/// The same with `article: {...}`, the record.
[[nodiscard]] boost::json::object envelope(const storage::ArticleView& article,
                                           const storage::RevisionView& revision);
[[nodiscard]] boost::json::object revision_json(const storage::RevisionView& revision);
/// Throws std::exception for a damaged row.
[[nodiscard]] boost::json::object delivery_json(const storage::DeliveryView& delivery);
[[nodiscard]] boost::json::object overview_json(const storage::Overview& overview, Instant now);

/// Field by field, word by word; fields that are equal are left out.
[[nodiscard]] boost::json::object diff_json(const storage::RevisionView& from,
                                            const storage::RevisionView& to);

/// One of several articles with one text.
[[nodiscard]] boost::json::object copy_json(const storage::CopyView& copy);
/// Its change and its records stand in it as strings.
[[nodiscard]] boost::json::object past_revision_json(const storage::PastRevision& revision);

}  // namespace tinwatch::api
