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

std::string_view label(FetchErrorKind kind) {
  switch (kind) {
    case FetchErrorKind::timeout: return "timeout";
    case FetchErrorKind::dns: return "dns";
    case FetchErrorKind::connect: return "connect";
    case FetchErrorKind::tls: return "tls";
    case FetchErrorKind::too_large: return "too_large";
    case FetchErrorKind::truncated: return "truncated";
    case FetchErrorKind::refused_address: return "refused_address";
    case FetchErrorKind::robots: return "robots";
  }
  return "";
}

}  // namespace tinwatch::fetchers
