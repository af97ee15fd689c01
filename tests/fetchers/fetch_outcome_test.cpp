#include "core/fetch_outcome.hpp"

#include "fetchers/fetcher.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tinwatch::fetchers {
namespace {

/// `limited: http_5xx`; only the outcome where there was no failure.
std::string counted(const FetchResult& result) {
  std::string out(label(outcome_of(result)));
  if (const auto failure = failure_of(result)) out += ": " + std::string(label(*failure));
  return out;
}

FetchResult answer(int status) {
  FetchResponse out;
  out.status = status;
  return out;
}

TEST(FetchOutcome, OfAnAnswerIsToldByItsStatus) {
  const std::pair<int, const char*> rows[] = {
      {200, "ok"},
      {204, "ok"},
      {304, "not_modified"},
      {403, "failed: http_4xx"},
      {404, "gone: http_4xx"},
      {410, "gone: http_4xx"},
      {429, "limited: rate_limited"},
      {500, "failed: http_5xx"},
      {503, "limited: http_5xx"},
  };
  for (const auto& [status, told] : rows) EXPECT_EQ(counted(answer(status)), told) << status;
}

TEST(FetchOutcome, WithoutAnAnswerIsAFailureOfItsKind) {
  using Kind = FetchFailure;
  for (const auto kind : {Kind::timeout, Kind::dns, Kind::connect, Kind::tls, Kind::too_large,
                          Kind::truncated, Kind::refused_address, Kind::robots}) {
    const FetchResult result = fail(FetchError{.kind = kind});
    EXPECT_EQ(counted(result), "failed: " + std::string(label(kind)));
  }
}

}  // namespace
}  // namespace tinwatch::fetchers
