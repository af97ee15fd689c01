#include "core/library_versions.hpp"

#include <boost/version.hpp>

#include <openssl/crypto.h>
#include <unicode/uversion.h>

namespace tinwatch {

LibraryVersions library_versions() {
  UVersionInfo numbers{};
  char icu[U_MAX_VERSION_STRING_LENGTH] = {};
  u_getVersion(numbers);
  u_versionToString(numbers, icu);
  constexpr int boost = BOOST_VERSION;  // of headers alone
  return {{"boost", std::to_string(boost / 100000) + '.' + std::to_string(boost / 100 % 1000) +
                        '.' + std::to_string(boost % 100)},
          {"icu", icu},
          {"openssl", OpenSSL_version(OPENSSL_VERSION_STRING)}};
}

}  // namespace tinwatch
