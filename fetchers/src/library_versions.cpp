#include "fetchers/library_versions.hpp"

#include <curl/curl.h>

namespace tinwatch::fetchers {

LibraryVersions library_versions() {
  const auto* const curl = curl_version_info(CURLVERSION_NOW);
  LibraryVersions out{{"curl", curl->version}};
  const auto add = [&](const char* name, const char* version) {
    if (version) out.emplace(name, version);
  };
  add("curl-tls", curl->ssl_version);
  add("zlib", curl->libz_version);
  add("brotli", curl->brotli_version);
  return out;
}

}  // namespace tinwatch::fetchers
