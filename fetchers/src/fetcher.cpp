#include "fetchers/fetcher.hpp"

namespace tinwatch::fetchers {

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
