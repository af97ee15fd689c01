#include "fetchers/fetcher.hpp"

#include "core/content_coding.hpp"

namespace tinwatch::fetchers {

namespace {

FetchError cannot_undo(std::string_view coding, CodingError error) {
  const bool bomb = error == CodingError::too_large;
  return {bomb ? FetchErrorKind::too_large : FetchErrorKind::truncated,
          "cannot undo Content-Encoding " + std::string(coding)};
}

}  // namespace

Result<std::string, FetchError> decoded_body(std::string_view coding, std::string body,
                                             std::size_t max_body) {
  if (coding.empty()) return body;
  auto plain = undo_coding(coding, body, max_body);
  if (plain) return std::move(*plain);
  return fail(cannot_undo(coding, plain.error()));
}

Result<std::string, FetchError> decoded_prefix(std::string_view coding, std::string body,
                                               std::size_t max_body) {
  if (coding.empty()) return body;
  auto plain = undo_coding_of_prefix(coding, body, max_body);
  if (plain) return std::move(*plain);
  return fail(cannot_undo(coding, plain.error()));
}

FetchFailure failure_of(FetchErrorKind kind) {
  switch (kind) {
    case FetchErrorKind::timeout: return FetchFailure::timeout;
    case FetchErrorKind::dns: return FetchFailure::dns;
    case FetchErrorKind::connect: return FetchFailure::connect;
    case FetchErrorKind::tls: return FetchFailure::tls;
    case FetchErrorKind::too_large: return FetchFailure::too_large;
    case FetchErrorKind::truncated: return FetchFailure::truncated;
    case FetchErrorKind::refused_address: return FetchFailure::refused_address;
    case FetchErrorKind::robots: return FetchFailure::robots;
  }
  return FetchFailure::connect;
}

FetchOutcome outcome_of(const FetchResult& result) {
  if (!result) return FetchOutcome::failed;
  if (result->status == 304) return FetchOutcome::not_modified;
  if (result->status == 404 || result->status == 410) return FetchOutcome::gone;
  if (result->status == 429 || result->status == 503) return FetchOutcome::limited;
  return result->status < 400 ? FetchOutcome::ok : FetchOutcome::failed;
}

std::optional<FetchFailure> failure_of(const FetchResult& result) {
  if (!result) return failure_of(result.error().kind);
  if (result->status == 429) return FetchFailure::rate_limited;
  if (result->status >= 500) return FetchFailure::http_5xx;
  if (result->status >= 400) return FetchFailure::http_4xx;
  return std::nullopt;
}

std::string_view label(FetchErrorKind kind) { return tinwatch::label(failure_of(kind)); }

}  // namespace tinwatch::fetchers
