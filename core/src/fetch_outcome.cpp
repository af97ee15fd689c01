#include "core/fetch_outcome.hpp"

namespace tinwatch {

Fetched fetched_as(TargetKind kind) {
  switch (kind) {
    case TargetKind::listing: return Fetched::listing;
    case TargetKind::feed: return Fetched::feed;
    case TargetKind::sitemap: return Fetched::sitemap;
    case TargetKind::article: return Fetched::article;
  }
  return Fetched::article;
}

std::string_view label(Fetched what) {
  switch (what) {
    case Fetched::feed: return "feed";
    case Fetched::sitemap: return "sitemap";
    case Fetched::listing: return "listing";
    case Fetched::article: return "article";
    case Fetched::robots: return "robots";
  }
  return "";
}

std::string_view label(FetchOutcome outcome) {
  switch (outcome) {
    case FetchOutcome::ok: return "ok";
    case FetchOutcome::not_modified: return "not_modified";
    case FetchOutcome::gone: return "gone";
    case FetchOutcome::limited: return "limited";
    case FetchOutcome::failed: return "failed";
  }
  return "";
}

std::string_view label(FetchFailure failure) {
  switch (failure) {
    case FetchFailure::http_4xx: return "http_4xx";
    case FetchFailure::http_5xx: return "http_5xx";
    case FetchFailure::rate_limited: return "rate_limited";
    case FetchFailure::timeout: return "timeout";
    case FetchFailure::dns: return "dns";
    case FetchFailure::connect: return "connect";
    case FetchFailure::tls: return "tls";
    case FetchFailure::too_large: return "too_large";
    case FetchFailure::truncated: return "truncated";
    case FetchFailure::refused_address: return "refused_address";
    case FetchFailure::robots: return "robots";
  }
  return "";
}

}  // namespace tinwatch
