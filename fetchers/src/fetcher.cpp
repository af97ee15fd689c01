#include "fetchers/fetcher.hpp"

#include "core/content_coding.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace tinwatch::fetchers {

namespace {

FetchError cannot_undo(std::string_view coding, CodingError error) {
  const bool bomb = error == CodingError::too_large;
  return {bomb ? FetchFailure::too_large : FetchFailure::truncated,
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

namespace {

/// Takes a number off the front of `text`; nothing where there is none.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// `bytes 0-99/100`: from the first byte to the last.
bool is_all_of_it(std::string_view range) {
  constexpr std::string_view unit = "bytes ";
  if (!range.starts_with(unit)) return false;
  range.remove_prefix(unit.size());
  if (!range.starts_with("0-")) return false;
  range.remove_prefix(2);
  const auto last = take_number(range);
  if (!last || !range.starts_with('/')) return false;
  range.remove_prefix(1);
  const auto size = take_number(range);
  return size && range.empty() && *last < *size && *size - *last == 1;
}

}  // namespace

const std::string* find_field(const FetchResponse& response, std::string_view name) {
  const auto& fields = response.headers;
  const auto found = std::find_if(fields.begin(), fields.end(), [name](const Header& field) {
    return iequals(field.first, name);
  });
  return found == fields.end() ? nullptr : &found->second;
}

bool is_whole(const FetchResponse& response) {
  if (response.status != 206)
    return response.status == 200 || response.status == 203 || response.status == 226;
  const auto* const range = find_field(response, "content-range");
  return range && is_all_of_it(trim(*range));
}

FetchOutcome outcome_of(const FetchResult& result) {
  if (!result) return FetchOutcome::failed;
  if (result->status == 304) return FetchOutcome::not_modified;
  if (result->status == 404 || result->status == 410) return FetchOutcome::gone;
  if (result->status == 429 || result->status == 503) return FetchOutcome::limited;
  return result->status < 400 ? FetchOutcome::ok : FetchOutcome::failed;
}

std::optional<FetchFailure> failure_of(const FetchResult& result) {
  if (!result) return result.error().kind;
  if (result->status == 429) return FetchFailure::rate_limited;
  if (result->status >= 500) return FetchFailure::http_5xx;
  if (result->status >= 400) return FetchFailure::http_4xx;
  return std::nullopt;
}

}  // namespace tinwatch::fetchers
